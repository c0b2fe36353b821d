import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withdrawProposal } from '@/lib/agents/commands/open-proposal'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { anInbox, type TestInbox } from './testing/items'
import { type AProposal, aProposal, CRITICAL, endOf, sign } from './testing/proposals'

const RACES = 300
/** Four races side by side, two attempts each (three in some): eight connections at work. */
const SIDE_BY_SIDE = 4
/** The same seed gives the same races; CHANCERY_RACE_SEED replays what failed. */
const SEED = Number(process.env.CHANCERY_RACE_SEED ?? '20261122')

let database: TestDatabase
let inbox: TestInbox

beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database?.close())

/** Mulberry32: small, seeded, good enough to move starts by milliseconds. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

type Race = {
  critical: boolean
  /** Somebody signed before the race began: the racing approval is the last one needed. */
  signedBefore: boolean
  attempts: (item: AProposal, n: number) => (() => Promise<unknown>)[]
  /** Legal ends: the attempts' ends sorted, then state of the proposal and number of versions. */
  legal: string[]
}

const approve = (by: () => PersonActor) => (item: AProposal) => () => sign(by(), item)
const anna = approve(() => inbox.anna)
const bert = approve(() => inbox.bert)
const eva = approve(() => inbox.everywhere)
const edit = (item: AProposal) => () => {
  const { draftId, revision } = item
  const text = aDefinition({ name: item.name, description: 'Edited while others signed.' })
  return saveDraft.execute(item.author, { draftId, revision, bytes: base64(text) })
}
const withdraw = (item: AProposal) => () =>
  withdrawProposal.execute(item.author, { proposalId: item.proposalId })
const keyed = (item: AProposal, key: string) => () => sign(inbox.anna, item, { key })

const one = { critical: false, signedBefore: false }
const last = { critical: true, signedBefore: true }
const PUBLISHED_ONCE = 'conflict+done published 1'
const RACES_BY_NAME: Record<string, Race> = {
  'two approvers, one needed': {
    ...one,
    attempts: (item) => [anna(item), bert(item)],
    legal: [PUBLISHED_ONCE],
  },
  'three approvers, two needed': {
    ...{ critical: true, signedBefore: false },
    attempts: (item) => [anna(item), bert(item), eva(item)],
    legal: ['conflict+done+done published 1'],
  },
  'approve against edit': {
    ...one,
    attempts: (item) => [anna(item), edit(item)],
    legal: [PUBLISHED_ONCE, 'conflict+done dismissed 0'],
  },
  'last of two approvals against edit': {
    ...last,
    attempts: (item) => [anna(item), edit(item)],
    legal: [PUBLISHED_ONCE, 'conflict+done dismissed 0'],
  },
  'approve against withdraw': {
    ...one,
    attempts: (item) => [anna(item), withdraw(item)],
    legal: [PUBLISHED_ONCE, 'conflict+done withdrawn 0'],
  },
  'approve against reject': {
    ...last,
    attempts: (item) => [anna(item), () => sign(inbox.bert, item, { verdict: 'reject' })],
    legal: [PUBLISHED_ONCE, 'conflict+done rejected 0'],
  },
  'the same intent sent twice': {
    ...one,
    attempts: (item, n) => [keyed(item, `intent-${n}`), keyed(item, `intent-${n}`)],
    legal: ['done+done published 1'],
  },
  'one person, two intents': {
    ...last,
    attempts: (item, n) => [keyed(item, `first-intent-${n}`), keyed(item, `second-intent-${n}`)],
    legal: [PUBLISHED_ONCE],
  },
}
const NAMES = Object.keys(RACES_BY_NAME)

/** What must hold of one agent however its race went; empty when it does. */
const ILLEGAL = `
  select 'a version without its people' as what from version v
    join proposal p on p.id = v.proposal_id join approval a on a.id = p.approval_id
    where v.agent_id = $1 and (v.digest <> a.digest or a.state <> 'approved' or a.quorum > (
      select count(distinct d.person_id) from decision d
      where d.approval_id = a.id and d.verdict = 'approve' and d.dismissed_at is null
        and d.digest = v.digest and d.person_id not in (p.author_id, p.last_editor_id)))
  union all select 'two versions' from version where agent_id = $1 having count(*) > 1
  union all select 'the live version is not the published one' from agent g
    left join version v on v.agent_id = g.id
    where g.id = $1 and g.live_version_id is distinct from v.id
  union all select 'proposal and approval disagree' from proposal p
    join approval a on a.id = p.approval_id
    where p.agent_id = $1 and (p.state = 'open') <> (a.state = 'open')
  union all select 'a live decision on a dismissed approval' from decision d
    join approval a on a.id = d.approval_id
    where a.agent_id = $1 and a.state in ('dismissed', 'withdrawn') and d.dismissed_at is null
  union all select 'published but still a live draft' from draft d join version v using (agent_id)
    where d.agent_id = $1 and d.state in ('open', 'proposed')`

/** Over all races: decisions that have not exactly one fact, and facts about no decision. */
const LOOSE = `
  with told as materialized (
    select convert_from(leaf, 'UTF8')::jsonb -> 'd' ->> 'decision' as id from audit.event
    where action = 'approval.decided')
  select coalesce(d.id::text, told.id) as id from decision d full join told on told.id = d.id::text
  group by 1 having count(d.id) <> 1 or count(told.id) <> 1`

async function run(n: number): Promise<{ name: string; end: string; winner: string }> {
  const random = randomFrom(SEED + n)
  const name = NAMES[n % NAMES.length] ?? ''
  const race = RACES_BY_NAME[name]
  if (!race) throw new Error(`There is no race ${name}.`)
  const { author, departmentId } = inbox
  const parts = race.critical ? { parts: CRITICAL } : {}
  const item = await aProposal(database, { author, departmentId, name: `race-${n}`, ...parts })
  if (race.signedBefore) await eva(item)()
  const ends = await Promise.all(
    race.attempts(item, n).map(async (attempt) => {
      await sleep(Math.floor(random() * 6))
      return endOf(attempt())
    }),
  )
  const [after] = await database.asAdmin(
    `select p.state, (select count(*)::int from version v where v.agent_id = p.agent_id) as versions
     from proposal p where p.id = $1`,
    [item.proposalId],
  )
  const illegal = await database.asAdmin(ILLEGAL, [item.agentId])
  const end = `${[...ends].sort().join('+')} ${after?.state} ${after?.versions}`
  const replay = `race ${n} (${name}), seed ${SEED}`
  expect(illegal.map((row) => `${replay}: ${row.what}`)).toEqual([])
  expect(race.legal, `${replay} ended ${end}`).toContain(end)
  return { name, end, winner: `${ends.indexOf('done') + 1}.` }
}

test(`${RACES} races end in a legal state with one winner, and every refusal is a typed one`, async () => {
  const tally = new Map<string, number>()
  let next = 0
  const lane = async () => {
    for (let n = next++; n < RACES; n = next++) {
      const { name, end, winner } = await run(n)
      const line = `${name.padEnd(36)} ${end.padEnd(32)} first done: ${winner}`
      tally.set(line, (tally.get(line) ?? 0) + 1)
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, lane))
  const lines = [...tally].sort().map(([line, times]) => `${String(times).padStart(4)}  ${line}`)
  console.log(`${RACES} races, seed ${SEED}\n${lines.join('\n')}`)
  expect(await database.asAdmin(LOOSE)).toEqual([])
  expect([...tally.values()].reduce((sum, times) => sum + times, 0)).toBe(RACES)
}, 180_000)
