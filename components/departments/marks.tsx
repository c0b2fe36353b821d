import { StateCount } from '@/components/ui/state-shape'
import type { DepartmentSummary } from '@/lib/agents/queries/departments'

const TIERS = ['critical', 'high', 'medium', 'low'] as const

/** Agents by risk tier, worst first, in columns so that departments can be compared downwards. */
export function AgentBars(props: { of: Pick<DepartmentSummary, (typeof TIERS)[number]> }) {
  return (
    <span className="grid grid-cols-[repeat(4,56px)]">
      {TIERS.map((tier) => (
        <span key={tier}>
          {props.of[tier] > 0 ? <StateCount kind="risk" is={tier} count={props.of[tier]} /> : null}
        </span>
      ))}
    </span>
  )
}

/** Overdue and soon due reviews; blank when there are none. */
export function Reviews(props: { overdue: number; due: number }) {
  const { overdue, due } = props
  return (
    <span className="whitespace-nowrap">
      {overdue > 0 ? <span className="font-medium text-red">{overdue} overdue</span> : null}
      {overdue > 0 && due > 0 ? ', ' : null}
      {due > 0 ? <span className="text-amb">{due} due</span> : null}
    </span>
  )
}
