import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Sql } from 'postgres'
import { readAcks, workspaceOf } from './flow'

const FILES: Record<string, RegExp> = {
  'four.txt': /No language model wrote this file/,
  'one.txt': /^one\n$/,
  'two.txt': /^two\n$/,
  'three.txt': /^three\n$/,
}

/**
 * What is wrong after a round that was killed and sent again; empty when nothing is. I1 no
 * acknowledged fact missing, I2 one effect per key, I3 every fact sequenced, I4 no version without
 * its approval, I5 each call decided and carried out once, I6 no run stuck; and the files on disk.
 */
export async function violations(sql: Sql, dataDir: string, round: string): Promise<string[]> {
  return [
    ...(await acknowledged(sql, dataDir, round)),
    ...(await rows(sql, round)),
    ...onDisk(dataDir, round),
  ]
}

async function acknowledged(sql: Sql, dataDir: string, round: string): Promise<string[]> {
  const acks = readAcks(dataDir, round)
  const wrong: string[] = []
  const first = new Map<string, string>()
  for (const { key, value, fact } of acks) {
    const told = JSON.stringify([value, fact])
    const before = first.get(key)
    if (before !== undefined && before !== told) wrong.push(`I2 ${key}: ${before}, then ${told}`)
    first.set(key, told)
    const [kept] = await sql`
      select convert_from(outcome, 'UTF8') as told from command_result where key = ${key}`
    if (kept === undefined) wrong.push(`I1 ${key} was acknowledged and its result is gone`)
    const [event] = await sql`select 1 from audit.event where id = ${fact}`
    if (fact !== null && !event) wrong.push(`I1 ${key} was acknowledged and its fact is gone`)
  }
  if (first.size < 7) wrong.push(`I1 only ${first.size} commands were acknowledged`)
  return wrong
}

/** One query per promise: name, what it counts for the round's agent, and how many there must be. */
async function rows(sql: Sql, round: string): Promise<string[]> {
  const [found] = await sql`
    with a as (select * from agent where slug = ${round}),
      r as (select run.* from run join a on a.id = run.agent_id),
      told as (
        select e.action, count(*)::int as n from audit.event e
        where exists (select from r where convert_from(e.leaf, 'UTF8') like '%' || r.id || '%')
        group by e.action)
    select
      (select count(*)::int from a) as "I2 agents 1",
      (select count(*)::int from version v join a on a.id = v.agent_id) as "I2 versions 1",
      (select count(*)::int from r) as "I2 runs 1",
      (select count(*)::int from r where state = 'succeeded') as "I6 finished runs 1",
      (select count(*)::int from approval p join a on a.id = p.agent_id) as "I5 approvals 3",
      (select count(*)::int from decision d join approval p on p.id = d.approval_id
        join a on a.id = p.agent_id) as "I5 decisions 3",
      (select count(*)::int from tool_call c join r on r.id = c.run_id) as "I5 tool calls 3",
      (select count(*)::int from change_set c join r on r.id = c.run_id) as "I2 change-sets 1",
      (select coalesce(sum(n), 0)::int from told where action = 'change_set.applied') as "I2 applied 1",
      (select coalesce(sum(n), 0)::int from told where action = 'run.finished') as "I2 ends 1",
      (select coalesce(sum(n) filter (where action = 'tool_call.executing'), 0)::int
        - (select count(*)::int from audit.event e where action = 'tool_call.outcome_settled'
          and convert_from(e.leaf, 'UTF8') like '%"answer":"retry"%'
          and exists (select from r where convert_from(e.leaf, 'UTF8') like '%' || r.id || '%'))
        from told) as "I5 starts of the command that no person asked for again 1",
      (select count(*)::int from audit.pending) as "I3 facts that wait 0",
      (select count(*)::int from version v join a on a.id = v.agent_id
        join proposal p on p.id = v.proposal_id join approval i on i.id = p.approval_id
        where i.quorum > (select count(distinct d.person_id) from decision d
          where d.approval_id = i.id and d.digest = v.digest and d.verdict = 'approve'
            and d.dismissed_at is null and d.person_id <> p.author_id)
      ) as "I4 versions without their people 0"`
  return Object.entries(found ?? { 'I1 rows 1': 0 }).flatMap(([promise, n]) =>
    Number(promise.split(' ').at(-1)) === n ? [] : [`${promise}, found ${n}`],
  )
}

function onDisk(dataDir: string, round: string): string[] {
  const root = workspaceOf(dataDir, round)
  const folder = join(root, 'd')
  const there = existsSync(folder) ? readdirSync(folder).sort() : []
  const wrong =
    there.join() === Object.keys(FILES).sort().join() ? [] : [`I5 files on disk: ${there.join()}`]
  for (const [name, text] of Object.entries(FILES)) {
    const file = join(folder, name)
    if (existsSync(file) && !text.test(readFileSync(file, 'utf8'))) wrong.push(`I5 ${name} differs`)
  }
  const log = execFileSync('git', ['log', '--format=%s', 'first..main'], { cwd: root })
  const commits = log.toString().trim()
  if (commits !== 'deployed') wrong.push(`I5 commits: ${commits.replaceAll('\n', ', ') || 'none'}`)
  return wrong
}
