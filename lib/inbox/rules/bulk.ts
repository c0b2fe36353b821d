import type { ApprovalKind, RiskTier } from '@/lib/approvals/model'

/** Items of one joint decision. */
export const MAX_BULK = 20

/** What the limits look at. */
export type BulkItem = {
  kind: ApprovalKind
  ruleId: string
  riskTier: RiskTier
  /** How a definition change moves capability; null for other kinds. */
  direction: string | null
  /** Whether this reader had the whole item on screen. */
  opened: boolean
}

const WIDER = ['first', 'widening', 'mixed']

export type BulkVerdict = 'approve' | 'reject'

/**
 * Why these items cannot be decided together, as a sentence; null when they can: one kind, one rule,
 * risk of at most medium, at most twenty; approved together only what was opened and widens nothing.
 */
export function whyNotTogether(items: readonly BulkItem[], verdict: BulkVerdict): string | null {
  const [first] = items
  if (!first) return 'Select at least one item.'
  if (items.length > MAX_BULK) return `Select at most ${MAX_BULK} items.`
  if (items.some((item) => item.kind !== first.kind)) {
    return 'Only items of one kind are decided together.'
  }
  if (items.some((item) => item.ruleId !== first.ruleId)) {
    return 'Only items of one rule are decided together.'
  }
  if (items.some((item) => item.riskTier === 'high' || item.riskTier === 'critical')) {
    return 'Items of high or critical risk are decided one by one.'
  }
  if (first.kind === 'review') return 'A review is decided on its own page.'
  if (verdict === 'reject') return null
  if (items.some((item) => WIDER.includes(item.direction ?? ''))) {
    return 'A change that lets an agent do more is approved alone.'
  }
  const unopened = items.filter((item) => !item.opened).length
  if (unopened > 0) {
    return `${unopened} of them ${unopened === 1 ? 'was' : 'were'} never opened. Open ${unopened === 1 ? 'it' : 'them'} before you approve.`
  }
  return null
}
