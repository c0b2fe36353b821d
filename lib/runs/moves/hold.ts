import 'server-only'
import { eq } from 'drizzle-orm'
import { run, toolCall } from '@/drizzle/schema/runs'
import { openApproval } from '@/lib/approvals/commands'
import type { RiskTier } from '@/lib/approvals/model'
import { plainItem, ruleFor } from '@/lib/approvals/rules'
import type { Fact } from '@/lib/audit/catalogue'
import { approvalRules } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import { storableText } from '@/lib/core/storable'
import type { GateDecision } from '../gate'
import type { GatedCommand, OverlayChange } from '../model'
import type { CallRow, RunState } from '../queries/state'
import { describeAll } from '../tools/gated'
import type { CallClass } from '../tools/register'
import type { Moved, MovePart } from './commit'
import { aboutPart, aboutRun, callData } from './facts'
import { heldCallDigest } from './judge'

/** One try of a call: what it started from, what the gate says now, and what came of it. */
export type Tried = {
  state: RunState
  call: CallRow
  before: OverlayChange[]
  overlayDigest: string
  durationMs: number
}

const RISK: Record<CallClass, RiskTier> = {
  read: 'low',
  write: 'medium',
  execute: 'medium',
  outbound: 'high',
  destroy: 'critical',
}

/** The risk of commands: that of the worst one. */
export function riskOfCommands(commands: readonly GatedCommand[]): RiskTier {
  const worst = describeAll(commands)[0]
  return worst === undefined ? 'medium' : RISK[worst.class]
}

/** The worst effect first: a title that is cut must still say it. */
function titleOf(commands: readonly GatedCommand[]): string {
  const effect = describeAll(commands)[0]?.sentence.replace(/\.$/, '') ?? 'Leaves the workspace'
  const others = commands.length - 1
  const more = others === 0 ? '' : `, with ${others} more command${others === 1 ? '' : 's'}`
  return storableText(`${effect.slice(0, 160)}${more}`)
}

/**
 * Puts a call before people: the exact commands that its script would start, bound to the call, its
 * arguments, the overlay, the definition and the rule. The run waits; nothing of the script was kept.
 */
export async function holdCall(
  part: MovePart,
  tried: Tried,
  held: { decided: GateDecision; commands: GatedCommand[] },
): Promise<Moved> {
  const { call, overlayDigest, state } = tried
  const { decided, commands } = held
  const riskTier = riskOfCommands(commands)
  const item = await openApproval(part, {
    kind: 'tool_call',
    subjectId: call.id,
    digest: heldCallDigest({
      runId: part.run.id,
      callId: call.id,
      definitionDigest: part.run.digest,
      tool: call.tool,
      argsDigest: call.argsDigest,
      overlayDigest,
      gated: commands,
      rule: decided.rule,
      ruleVersion: decided.ruleVersion,
    }),
    title: titleOf(commands),
    riskTier,
    departmentId: part.run.departmentId,
    agentId: part.run.agentId,
    runId: part.run.id,
    rule: ruleFor(approvalRules(await currentRulebook(part.tx)), {
      ...plainItem('tool_call', riskTier),
      gate: decided.rule,
    }),
    requestedBy: part.run.startedBy,
    excluded: [part.run.startedBy],
    summary: {
      agent: state.agent.slug,
      run: part.run.number,
      to: state.version,
      workspace: state.workspace.slug,
      tool: call.tool,
      commands: commands.length,
    },
  })
  await part.tx
    .update(toolCall)
    .set({
      state: 'awaiting_approval',
      verdict: 'held',
      ruleId: decided.rule,
      ruleSentence: storableText(decided.sentence),
      gated: commands,
      overlayDigest,
      approvalId: item.id,
      durationMs: tried.durationMs,
      auditEventId: part.event,
    })
    .where(eq(toolCall.id, call.id))
  await part.tx
    .update(run)
    .set({ state: 'suspended', waitingFor: 'tool_call', auditEventId: part.event })
    .where(eq(run.id, part.run.id))
  const data = { ...callData({ ...call, ruleId: decided.rule }), step: call.step }
  const heldFact: Fact = {
    ...aboutPart(part.run, { t: 'tool_call', id: call.id }),
    action: 'tool_call.held',
    data,
    policy: { id: decided.rule, ver: decided.ruleVersion },
  }
  const suspended: Fact = {
    ...aboutRun(part.run),
    action: 'run.suspended',
    data: { step: part.run.step, waiting_for: 'tool_call' },
  }
  return { facts: [heldFact, item.fact, suspended], next: 'people' }
}
