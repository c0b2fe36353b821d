import 'server-only'
import { execFile } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import {
  DEMO_AGENTS,
  DEMO_BROKEN,
  type DemoAgent,
  type DemoDefinition,
  definitionText,
} from '@/drizzle/seed/agents'
import { DEMO_ROUTING } from '@/drizzle/seed/routing'
import { DEMO_WORKSPACE } from '@/drizzle/seed/workspace'
import { dataFolder } from '@/lib/db/config'
import { registerWorkspace } from '@/lib/runs/commands/workspace'
import type { DemoHands } from './script'
import type { DemoIds } from './set-up'

const DAY = 24
/** Days ago that each agent's first version was published; without a number it never was. */
const PUBLISHED: Record<string, number> = {
  'service-designer': 112,
  'api-reviewer': 100,
  'incident-scribe': 95,
  'schema-migrator': 88,
  'repo-mechanic': 86,
  'deploy-pilot': 97,
  'runbook-keeper': 70,
  'release-scribe': 60,
  'log-digger': 50,
  'query-explainer': 45,
  'test-data-maker': 30,
}
const APPROVER: Record<string, string> = { platform: 'mara', data: 'hanna', operations: 'hanna' }

/** Four months in the life of the demo organisation, ending in an inbox with something to decide. */
export async function liveThroughHistory(hands: DemoHands, ids: DemoIds): Promise<void> {
  for (const [index, agent] of DEMO_AGENTS.entries()) await bringIn(hands, agent, 118 * DAY - index)
  await hands.take(33 * DAY, 'tomas', {
    ...{ path: 'agents/operations/handover-notes.md', department: 'operations' },
    text: DEMO_BROKEN,
  })
  const order = [...DEMO_AGENTS].sort((a, b) => (PUBLISHED[b.name] ?? 0) - (PUBLISHED[a.name] ?? 0))
  for (const agent of order) await publishFirst(hands, agent)
  await hands.keepTests(28 * DAY, 'ines', DEMO_ROUTING)
  await reviewSome(hands)
  await changeSome(hands)
  await excuseSome(hands)
  await runSome(hands, ids)
  await leaveSomeOpen(hands)
}

async function bringIn(hands: DemoHands, agent: DemoAgent, hoursAgo: number): Promise<void> {
  const path = `agents/${agent.department}/${agent.name}.md`
  const { department, author } = agent
  await hands.take(hoursAgo, author, { path, department, text: definitionText(agent) })
}

async function publishFirst(hands: DemoHands, agent: DemoAgent): Promise<void> {
  const days = PUBLISHED[agent.name]
  if (days === undefined) return
  const sponsor = APPROVER[agent.department] ?? 'mara'
  await hands.sponsor(days * DAY + 6, 'ines', { slug: agent.name, sponsor })
  const message = `Bring ${agent.name} under approval as it is.`
  const item = await hands.propose(days * DAY + 5, agent.author, { slug: agent.name, message })
  await hands.agree(days * DAY, sponsor, item)
}

async function reviewSome(hands: DemoHands): Promise<void> {
  await hands.attest(8 * DAY, 'mara', {
    ...{ slug: 'api-reviewer', outcome: 'keep' },
    reason: 'Reads only, used every week, no finding.',
  })
  await hands.attest(5 * DAY, 'hanna', {
    ...{ slug: 'deploy-pilot', outcome: 'suspend' },
    reason:
      'Its own text lets it roll back without asking, and it holds a shell. Rewrite, then come back.',
  })
}

/** The same file with other parts. */
function changed(name: string, parts: Partial<DemoDefinition>): string {
  const agent = DEMO_AGENTS.find((candidate) => candidate.name === name)
  return agent ? definitionText({ ...agent, ...parts }) : ''
}

/** What version 1.0.1 of the migrator asks of it. */
const MEASURED = [
  'Split a change into steps that can each be undone',
  'Measure locks in the dry run instead of estimating them',
  'Write the rollback beside the migration and try it once',
]

async function changeSome(hands: DemoHands): Promise<void> {
  await hands.edit(21 * DAY, 'priya', {
    slug: 'schema-migrator',
    text: changed('schema-migrator', { responsibilities: MEASURED }),
  })
  const prose = await hands.propose(20 * DAY + 3, 'priya', {
    slug: 'schema-migrator',
    message: 'The planner guesses lock times; say that they are measured.',
  })
  await hands.agree(20 * DAY, 'hanna', prose)
  await hands.edit(14 * DAY, 'jonas', {
    slug: 'release-scribe',
    text: changed('release-scribe', { tools: 'Read, Grep, Write, Bash' }),
  })
  const refused = await hands.propose(14 * DAY - 1, 'jonas', {
    slug: 'release-scribe',
    message: 'Let it collect the merged changes itself.',
  })
  await hands.sendBack(13 * DAY, 'mara', {
    approvalId: refused,
    reason: 'Notes need no shell. Give it the list of changes as a file.',
  })
}

/** One finding that people agreed to live with for a while, and one that somebody asks about. */
async function excuseSome(hands: DemoHands): Promise<void> {
  const asked = await hands.excuse(9 * DAY, 'priya', {
    ...{ slug: 'data-steward', rule: 'tools-match-text', owner: 'priya', days: 24 },
    reason:
      'The retention rules moved to the intranet, so it has to fetch them. Its text follows with the new catalog at the end of the month.',
  })
  await hands.agree(8 * DAY + 4, 'hanna', asked)
  await hands.sponsor(8 * DAY + 3, 'ines', { slug: 'data-steward', sponsor: 'hanna' })
  const item = await hands.propose(8 * DAY + 2, 'priya', {
    slug: 'data-steward',
    message: 'Bring data-steward under approval; its one error is excused until the text follows.',
  })
  await hands.agree(8 * DAY, 'hanna', item)
  await hands.excuse(7, 'tomas', {
    ...{ slug: 'handover-notes', rule: 'frontmatter-broken', owner: 'tomas', days: 10 },
    reason: 'We read it by hand until the next shift plan; nothing loads it yet.',
  })
}

async function runSome(hands: DemoHands, ids: DemoIds): Promise<void> {
  const rootPath = await demoFolder()
  const workspace = await hands.at(40 * DAY, async () => {
    const input = { slug: 'booking', rootPath, departmentId: ids.departments.platform }
    return (await registerWorkspace.execute(await hands.as('ines'), input)).value
  })
  const job = { slug: 'repo-mechanic', workspaceId: workspace.workspaceId }
  const first = await hands.start(10 * DAY, 'tomas', {
    ...job,
    task: 'Read src/tariff.ts and note in README.md what is still to do. Commit it.',
  })
  for (let hours = 10 * DAY - 1; hours > 10 * DAY - 6; hours -= 1) {
    const item = await hands.work(hours, first)
    if (item === null) break
    await hands.agree(hours - 0.5, 'mara', item)
  }
  const notes = await hands.start(3, 'jonas', {
    ...{ slug: 'release-scribe', workspaceId: workspace.workspaceId },
    task: 'Write notes/3.4.1.md from README.md.',
  })
  await hands.work(2.9, notes)
  const held = await hands.start(0.4, 'tomas', {
    ...job,
    task: 'Add reefer containers to src/tariff.ts and commit the change.',
  })
  await hands.work(0.3, held)
}

async function leaveSomeOpen(hands: DemoHands): Promise<void> {
  await hands.edit(27, 'priya', {
    slug: 'schema-migrator',
    text: changed('schema-migrator', {
      responsibilities: MEASURED,
      tools: 'Read, Grep, Edit, Write, Bash',
    }),
  })
  await hands.propose(26, 'priya', {
    slug: 'schema-migrator',
    message: 'The planner still guesses lock times; it should measure them in the dry run.',
  })
  await hands.edit(5, 'priya', {
    slug: 'test-data-maker',
    text: changed('test-data-maker', {
      practice: ['A seed for every file', 'Port names from the public list only'],
    }),
  })
  await hands.propose(4.5, 'priya', {
    slug: 'test-data-maker',
    message: 'Two fixtures used a customer’s private terminal by name.',
  })
}

/** A real folder, below the data folder, so that the demo changes nobody's files. */
async function demoFolder(): Promise<string> {
  const root = join(dataFolder(), 'workspaces', 'booking')
  for (const [path, text] of Object.entries(DEMO_WORKSPACE)) {
    const file = join(root, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  await repository(root)
  return root
}

/** A repository of its own, where git is installed; without git the demo's commit fails and says so. */
async function repository(root: string): Promise<void> {
  const run = promisify(execFile)
  const as = ['-c', 'user.name=Halden Freight', '-c', 'user.email=demo@halden-freight.example']
  const git = (...args: string[]) => run('git', [...as, ...args], { cwd: root }).catch(() => null)
  await git('init', '-q', '-b', 'main')
  await git('add', '-A')
  await git('commit', '-q', '-m', 'Booking service as it is')
}
