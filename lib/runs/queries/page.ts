import 'server-only'
import { and, asc, desc, eq } from 'drizzle-orm'
import { agent, version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { person } from '@/drizzle/schema/people'
import { changeSet, run, runMessage, toolCall, workspace } from '@/drizzle/schema/runs'
import type { Actor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { isId } from '@/lib/core/ids'
import { db } from '@/lib/db/client'
import type {
  CallState,
  ChangeSetState,
  FileChange,
  GateVerdict,
  Operation,
  RunState,
  RunWord,
  UsageFacts,
  WaitingFor,
} from '../model'
import { isOver, runWord } from '../model'
import { spokenText } from '../spoken'
import { visibleRuns } from './list'

export type RunCall = {
  id: string
  at: string
  tool: string
  /** The argument that tells calls apart, one line. */
  line: string
  state: CallState
  verdict: GateVerdict
  rule: string
  sentence: string
  approvalId: string | null
  result: string | null
  failed: boolean
  durationMs: number | null
}
/** One line of the timeline, in the order in which things happened. */
export type TimelineEntry =
  | { kind: 'task'; at: string; text: string }
  | { kind: 'said'; at: string; text: string; durationMs: number | null }
  | { kind: 'call'; at: string; call: RunCall }

export type RunChangeSet = {
  id: string
  digest: string
  state: ChangeSetState
  files: (FileChange & { added: number; removed: number })[]
  operations: Operation[]
  approvalId: string | null
  error: string | null
  appliedAt: string | null
}

export type RunPage = {
  id: string
  number: number
  task: string
  agent: string
  version: string
  digest: string
  constitutionHash: string
  snapshotDigest: string | null
  workspace: string
  startedBy: string
  provider: string
  model: string
  rehearsal: boolean
  state: RunState
  waitingFor: WaitingFor | null
  word: RunWord
  over: boolean
  step: number
  outcome: string | null
  error: string | null
  createdAt: string
  startedAt: string | null
  finishedAt: string | null
  gate: { allowed: number; held: number; denied: number }
  tokens: { input: number | null; output: number | null }
  timeline: TimelineEntry[]
  changeSet: RunChangeSet | null
  /** The approval that the run waits for now. */
  openApproval: string | null
  mayStop: boolean
}

/** One run with everything that happened in it, by id or number; null when absent or foreign. */
export async function runPage(actor: Actor, key: string): Promise<RunPage | null> {
  const head = await readHead(actor, key)
  if (!head) return null
  const [messages, calls, sets, open] = await Promise.all([
    // Index: run_message_key.
    db()
      .select()
      .from(runMessage)
      .where(eq(runMessage.runId, head.id))
      .orderBy(asc(runMessage.ordinal)),
    // Index: tool_call_order.
    db()
      .select()
      .from(toolCall)
      .where(eq(toolCall.runId, head.id))
      .orderBy(asc(toolCall.step), asc(toolCall.ordinal)),
    // Index: change_set_run.
    db()
      .select()
      .from(changeSet)
      .where(eq(changeSet.runId, head.id))
      .orderBy(desc(changeSet.createdAt))
      .limit(1),
    db()
      .select({ id: approval.id })
      .from(approval)
      .where(and(eq(approval.runId, head.id), eq(approval.state, 'open')))
      .limit(1),
  ])
  const { provider, departmentId, ...shown } = head
  return {
    ...shown,
    provider,
    rehearsal: provider === 'rehearsal',
    waitingFor: head.waitingFor as WaitingFor | null,
    word: runWord(head.state, head.waitingFor),
    over: isOver(head.state),
    createdAt: head.createdAt.toISOString(),
    startedAt: head.startedAt?.toISOString() ?? null,
    finishedAt: head.finishedAt?.toISOString() ?? null,
    gate: gateCounts(calls),
    tokens: tokensOf(messages),
    timeline: timelineOf(head, messages, calls),
    changeSet: sets[0] ? changeSetOf(sets[0]) : null,
    openApproval: open[0]?.id ?? null,
    mayStop: can(actor, 'run.stop', departmentId),
  }
}

async function readHead(actor: Actor, key: string) {
  const number = /^[1-9]\d{0,8}$/.test(key) ? Number(key) : null
  if (number === null && !isId(key)) return null
  const [row] = await db()
    .select({
      id: run.id,
      number: run.number,
      task: run.task,
      agent: agent.slug,
      version: version.number,
      digest: run.digest,
      constitutionHash: run.constitutionHash,
      snapshotDigest: run.snapshotDigest,
      workspace: workspace.slug,
      startedBy: person.name,
      provider: run.provider,
      model: run.model,
      state: run.state,
      waitingFor: run.waitingFor,
      step: run.step,
      outcome: run.outcome,
      error: run.error,
      departmentId: run.departmentId,
      createdAt: run.createdAt,
      startedAt: run.startedAt,
      finishedAt: run.finishedAt,
    })
    .from(run)
    .innerJoin(agent, eq(agent.id, run.agentId))
    .innerJoin(version, eq(version.id, run.versionId))
    .innerJoin(person, eq(person.id, run.startedBy))
    .innerJoin(workspace, eq(workspace.id, run.workspaceId))
    .where(and(visibleRuns(actor), number === null ? eq(run.id, key) : eq(run.number, number)))
  return row ?? null
}

type Head = NonNullable<Awaited<ReturnType<typeof readHead>>>
type Message = typeof runMessage.$inferSelect
type Call = typeof toolCall.$inferSelect

function timelineOf(
  head: Head,
  messages: readonly Message[],
  calls: readonly Call[],
): TimelineEntry[] {
  const entries: TimelineEntry[] = [
    { kind: 'task', at: head.createdAt.toISOString(), text: head.task },
  ]
  let step = 0
  for (const message of messages) {
    if (message.role !== 'assistant') continue
    step += 1
    const text = spokenText(message.body)
    const at = message.at.toISOString()
    if (text !== null) entries.push({ kind: 'said', at, text, durationMs: message.durationMs })
    for (const call of calls.filter((one) => one.step === step)) {
      entries.push({ kind: 'call', at: call.requestedAt.toISOString(), call: callOf(call) })
    }
  }
  return entries
}

const RESULT_SHOWN = 4_000

function callOf(call: Call): RunCall {
  return {
    id: call.id,
    at: call.requestedAt.toISOString(),
    tool: call.tool,
    line: lineOf(call.effectiveArgs),
    state: call.state,
    verdict: call.verdict,
    rule: call.ruleId,
    sentence: call.ruleSentence,
    approvalId: call.approvalId,
    result: call.result?.slice(0, RESULT_SHOWN) ?? null,
    failed: call.resultIsError === 1,
    durationMs: call.durationMs,
  }
}

const TELLING = ['command', 'file_path', 'path', 'pattern', 'url']

/** The argument that tells calls apart, cut to one line. */
function lineOf(args: string): string {
  let value: unknown
  try {
    value = JSON.parse(args)
  } catch {
    return args.slice(0, 200)
  }
  if (typeof value !== 'object' || value === null) return String(value).slice(0, 200)
  const map = value as Record<string, unknown>
  const key = TELLING.find((name) => typeof map[name] === 'string') ?? Object.keys(map)[0]
  const text = key === undefined ? '' : map[key]
  const line = typeof text === 'string' ? text : JSON.stringify(text ?? '')
  return line.split('\n')[0]?.slice(0, 200) ?? ''
}

function gateCounts(calls: readonly Call[]): RunPage['gate'] {
  const counted = { allowed: 0, held: 0, denied: 0 }
  for (const call of calls) counted[call.verdict] += 1
  return counted
}

/** Sums of what the provider reported; null where it reported nothing, which is not zero. */
function tokensOf(messages: readonly Message[]): RunPage['tokens'] {
  const used = messages.flatMap((message) => (message.usage as UsageFacts | null) ?? [])
  const sum = (pick: (usage: UsageFacts) => number | null) => {
    const known = used.map(pick).filter((n) => n !== null)
    return known.length === 0 ? null : known.reduce((a, b) => a + b, 0)
  }
  return { input: sum((u) => u.inputTokens), output: sum((u) => u.outputTokens) }
}

function changeSetOf(row: typeof changeSet.$inferSelect): RunChangeSet {
  return {
    id: row.id,
    digest: row.digest,
    state: row.state,
    files: row.files as RunChangeSet['files'],
    operations: row.operations as Operation[],
    approvalId: row.approvalId,
    error: row.error,
    appliedAt: row.appliedAt?.toISOString() ?? null,
  }
}
