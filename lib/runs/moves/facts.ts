import type { Target } from '@/lib/audit/leaf'
import type { RunRow } from '../queries/lock'

type AboutRun = Pick<RunRow, 'id' | 'agentId' | 'departmentId' | 'digest'>

/** Department and targets of a fact about a run. */
export function aboutRun(run: AboutRun): { dept: string; targets: Target[] } {
  return {
    dept: run.departmentId,
    targets: [
      { t: 'run', id: run.id, sha256: run.digest },
      { t: 'agent', id: run.agentId },
    ],
  }
}

/** The same for something that belongs to a run: the thing first, then the run and the agent. */
export function aboutPart(run: AboutRun, part: Target): { dept: string; targets: Target[] } {
  const { dept, targets } = aboutRun(run)
  return { dept, targets: [part, ...targets] }
}

/** Program-given names as a leaf may carry them. A model can call a tool anything. */
export function tokenOf(name: string): string {
  return /^[A-Za-z0-9_*][A-Za-z0-9_.:/@*()-]{0,127}$/.test(name) ? name : 'unknown'
}

/** What the facts about a call have in common. */
export function callData(call: { tool: string; argsDigest: string; ruleId: string }): {
  tool: string
  args: string
  rule: string
} {
  return { tool: tokenOf(call.tool), args: call.argsDigest, rule: call.ruleId }
}
