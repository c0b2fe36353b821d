import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { importFile } from '@/lib/agents/commands/import-file'
import { openProposal } from '@/lib/agents/commands/open-proposal'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import { openCheckpointKey } from '@/lib/audit/keys'
import { publishHead } from '@/lib/audit/publisher'
import { integrateAll } from '@/lib/audit/sequencer'
import { verify } from '@/lib/cli/verify'
import { sha256 } from '@/lib/core/sha256'
import { openDatabase } from '@/lib/db/boot'
import { rawSql } from '@/lib/db/client'
import { dataFolder } from '@/lib/db/config'
import { decide } from '@/lib/inbox/commands/decide'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { answerOutcome } from '@/lib/runs/commands/outcome'
import { startRun } from '@/lib/runs/commands/start'
import { registerWorkspace } from '@/lib/runs/commands/workspace'
import { advanceRun } from '@/lib/runs/engine'
import { castFile, intend, readCast, send, unanswered, workspaceOf } from './flow'

/**
 * One process of the product, which a test kills: `set-up` makes the people, `flow <round>` takes an
 * agent from its file to changed files through commands with fixed keys, so that sending it all
 * again after a crash goes on where it stopped. `wait` leaves the run to workers; `seal` signs.
 */
const TASK =
  'Write d/four.txt, then `for i in one two three; do echo $i > d/$i.txt; done` and `git commit -q --allow-empty -m deployed`'

async function setUp(): Promise<void> {
  const { admin, departmentId } = await anOrganisation()
  const held = (role: 'author' | 'operator' | 'approver') => [{ role, departmentId }]
  const cast = {
    departmentId,
    admin: admin.id,
    author: (await aPerson(admin, held('author'))).id,
    approver: (await aPerson(admin, held('approver'))).id,
    operator: (await aPerson(admin, held('operator'))).id,
  }
  writeFileSync(castFile(dataFolder()), JSON.stringify(cast))
}

function git(root: string, ...args: string[]): string {
  const as = ['-c', 'user.name=Test', '-c', 'user.email=test@example.org']
  return execFileSync('git', [...as, ...args], { cwd: root, encoding: 'utf8' }).trim()
}

/** A small repository of its own for the round; made again as long as nothing is committed in it. */
function ensureWorkspace(round: string): string {
  const root = workspaceOf(dataFolder(), round)
  mkdirSync(root, { recursive: true })
  try {
    if (Number(git(root, 'rev-list', '--count', 'first')) > 0) return root
  } catch {
    writeFileSync(join(root, 'README.md'), '# Ledger\n')
    git(root, 'init', '-q', '-b', 'main')
    git(root, 'add', '-A')
    git(root, 'commit', '-q', '-m', 'First')
    git(root, 'branch', 'first')
  }
  return root
}

async function flow(round: string, mode: 'move' | 'wait'): Promise<void> {
  const { departmentId } = readCast()
  const rootPath = ensureWorkspace(round)
  const { workspaceId } = await send(round, 'workspace', {
    ...{ command: registerWorkspace, by: 'admin' },
    input: { slug: round, rootPath, departmentId },
  })
  const text = aDefinition({ name: round, tools: 'Write, Bash', authorised: 'Write, Bash' })
  await send(round, 'import', {
    ...{ command: importFile, by: 'author' },
    input: { departmentId, path: `agents/${round}.md`, bytes: base64(text) },
  })
  const [agent] = await rawSql()`
    select a.id, d.id as draft from agent a join draft d on d.agent_id = a.id where slug = ${round}`
  const proposed = await send(round, 'propose', {
    ...{ command: openProposal, by: 'author' },
    input: { draftId: agent?.draft, revision: 1, message: 'As it is.' },
  })
  await approve(round, 'publish', proposed.approvalId)
  const { runId } = await send(round, 'start', {
    ...{ command: startRun, by: 'operator' },
    input: { agentId: agent?.id, workspaceId, task: TASK },
  })
  await attend(round, runId, mode)
}

async function approve(round: string, step: string, approvalId: string): Promise<void> {
  intend(round, { step, approvalId })
  const [item] = await rawSql()`select digest from approval where id = ${approvalId}`
  const said = { approvalId, digest: item?.digest, verdict: 'approve', typedName: round }
  await send(round, step, {
    ...{ command: decide, by: 'approver' },
    input: { ...said, renderedDigest: sha256('what the screen showed') },
  })
}

/** Moves the run (or waits while workers do) and answers what waits, until it is over. */
async function attend(round: string, runId: string, mode: 'move' | 'wait'): Promise<void> {
  for (const { step, approvalId } of unanswered(round)) await approve(round, step, approvalId)
  const until = Date.now() + 90_000
  while (Date.now() < until) {
    const [run] = await rawSql()`select state, waiting_for from run where id = ${runId}`
    if (run?.state === 'suspended') await answer(round, runId, String(run.waiting_for))
    else if (run?.state !== 'queued' && run?.state !== 'ready') return
    else if (mode === 'wait') await sleep(40)
    else await move(runId)
  }
  throw new Error('The run is stuck.')
}

/** This process alone works here: a lease that is still live belongs to one that was killed. */
async function move(runId: string): Promise<void> {
  await rawSql()`
    update run_lease set lease_until = now() - interval '1 second', next_attempt_at = null
    where run_id = ${runId} and (lease_until > now() or next_attempt_at > now())`
  await advanceRun(runId)
}

async function answer(round: string, runId: string, waitingFor: string): Promise<void> {
  if (waitingFor === 'outcome') {
    // A person looks into the repository, as they would.
    const root = workspaceOf(dataFolder(), round)
    const happened = git(root, 'log', '--format=%s').split('\n').includes('deployed')
    const [asked] = await rawSql()`
      select count(*)::int as n from audit.event where action = 'tool_call.outcome_unknown'
        and convert_from(leaf, 'UTF8') like ${`%${runId}%`}`
    const said = happened ? 'happened' : 'retry'
    await send(round, `outcome-${said}-${asked?.n}`, {
      ...{ command: answerOutcome, by: 'approver' },
      input: { runId, operation: 0, answer: said, reason: 'Looked at the repository.' },
    })
    return
  }
  const [item] = await rawSql()`
    select id, kind from approval where run_id = ${runId} and state = 'open'`
  if (item) await approve(round, String(item.kind), String(item.id))
}

async function seal(): Promise<void> {
  const dataDir = dataFolder()
  const signer = await openCheckpointKey(rawSql(), { dataDir })
  await integrateAll(rawSql())
  await publishHead(rawSql(), { signer, dataDir })
}

const [what = '', round = ''] = process.argv.slice(2)
await openDatabase()
console.log('begun')
if (what === 'set-up') await setUp()
if (what === 'flow') await flow(round, 'move')
if (what === 'wait') await flow(round, 'wait')
await seal()
// The command `chancery verify` itself, in this process: it ends the process with its exit code.
const code = await verify(['--json'])
process.exit(code)
