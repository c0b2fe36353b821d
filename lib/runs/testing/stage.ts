import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { importText, publishDraft } from '@/lib/agents/testing/agents'
import { aDefinition } from '@/lib/agents/testing/definitions'
import type { PersonActor } from '@/lib/auth/actor'
import { sha256 } from '@/lib/core/sha256'
import type { TestDatabase } from '@/lib/db/testing/database'
import { decide } from '@/lib/inbox/commands/decide'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { startRun } from '../commands/start'
import { registerWorkspace } from '../commands/workspace'
import { advanceRun } from '../engine'
import type { ConnectModel } from '../models/resolve'

/** An installation with people, one published agent and one workspace under git. */
export type Stage = {
  admin: PersonActor
  operator: PersonActor
  approver: PersonActor
  departmentId: string
  agentId: string
  workspaceId: string
  /** The workspace's folder, and the folder of Chancery's data. */
  root: string
  data: string
  /** A run of the agent on the workspace. */
  start: (task: string, by?: PersonActor, model?: string) => Promise<string>
  /** Makes moves until the run waits or is over. */
  drive: (runId: string, connect?: ConnectModel) => Promise<string>
  /** Decides the run's one open approval. */
  answer: (
    runId: string,
    verdict: 'approve' | 'reject',
    reason?: string,
    by?: PersonActor,
  ) => Promise<string>
  row: (runId: string) => Promise<Record<string, unknown>>
  git: (...args: string[]) => string
  remove: () => void
}

const FILES = { 'README.md': '# Ledger\nPosts entries once.\n', 'src/post.ts': 'export {}\n' }
const TOOLS = 'Glob, Read, Grep, Edit, Write, Bash'

export async function aStage(
  database: TestDatabase,
  options: { tools?: string; files?: Record<string, string> } = {},
): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'chancery-run-'))
  const [root, data] = [join(folder, 'workspace'), join(folder, 'data')]
  process.env.CHANCERY_DATA = data
  for (const [path, text] of Object.entries(options.files ?? FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.org', ...args], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    }).trim()
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-q', '-m', 'First')
  git('branch', 'first')
  const { admin, departmentId } = await anOrganisation()
  const held = (role: 'operator' | 'approver') => [{ role, departmentId }] as const
  const operator = await aPerson(admin, held('operator'))
  const approver = await aPerson(admin, held('approver'))
  const agentId = await publishedAgent({ admin, approver, departmentId }, options.tools ?? TOOLS)
  const place = { slug: 'ledger', rootPath: root, departmentId }
  const { workspaceId } = (await registerWorkspace.execute(admin, place)).value
  const row = async (runId: string) =>
    (await database.asAdmin('select * from run where id = $1', [runId]))[0] ?? {}
  return {
    ...{ admin, operator, approver, departmentId, agentId, workspaceId, root, data, git, row },
    start: async (task, by = operator, model = 'rehearsal') =>
      (await startRun.execute(by, { agentId, workspaceId, task, model })).value.runId,
    drive: (runId, connect) => drive(database, { runId, row, connect }),
    answer: (runId, verdict, reason = 'Read it.', by = approver) =>
      answer(database, { approver: by, runId, verdict, reason }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}

type People = { admin: PersonActor; approver: PersonActor; departmentId: string }

async function publishedAgent(people: People, tools: string): Promise<string> {
  const { admin, approver, departmentId } = people
  const text = aDefinition({ tools, authorised: tools })
  const file = { path: 'agents/ledger-keeper.md', text }
  const { slug } = await importText(admin, departmentId, file)
  await publishDraft({ author: admin, approver, slug, message: 'First.' })
  const { agentFacts } = await import('@/lib/agents/queries/page')
  return (await agentFacts(admin, slug)).id
}

async function drive(
  database: TestDatabase,
  driven: { runId: string; row: Stage['row']; connect: ConnectModel | undefined },
): Promise<string> {
  const { runId, row, connect } = driven
  for (let moves = 0; moves < 100; moves++) {
    await advanceRun(runId, connect)
    const { state, waiting_for: waitingFor } = await row(runId)
    if (state === 'suspended') return `suspended: ${waitingFor}`
    if (state !== 'queued' && state !== 'ready') return String(state)
    const [lease] = await database.asAdmin(
      'select next_attempt_at > now() as paused from run_lease where run_id = $1',
      [runId],
    )
    if (lease?.paused === true) return 'paused'
  }
  throw new Error('The run did not end.')
}

async function answer(
  database: TestDatabase,
  said: { approver: PersonActor; runId: string; verdict: 'approve' | 'reject'; reason: string },
): Promise<string> {
  const [item] = await database.asAdmin(
    "select id, digest from approval where run_id = $1 and state = 'open'",
    [said.runId],
  )
  if (!item) throw new Error('Nothing waits for a decision.')
  const { value } = await decide.execute(said.approver, {
    approvalId: String(item.id),
    verdict: said.verdict,
    digest: String(item.digest),
    renderedDigest: sha256('what the screen showed'),
    reason: said.reason,
  })
  return value.effect
}
