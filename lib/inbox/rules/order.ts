import { APPROVAL_KINDS, type ApprovalKind } from '@/lib/approvals/model'
import { INBOX_VIEWS, type InboxView } from '../model'

const HOUR = 60 * 60 * 1000
const DAY = 24 * HOUR

/** Anything but a known view is the first one. */
export function readView(text: string | null | undefined): InboxView {
  return INBOX_VIEWS.find((view) => view === text) ?? 'needs'
}

/** The kind of `?kind=`; anything else means all of them. */
export function readKind(text: string | null | undefined): ApprovalKind | null {
  return APPROVAL_KINDS.find((kind) => kind === text) ?? null
}

/**
 * Risk × time left: rank + 1 (1 to 4) times 4 under an hour, 3 under a day, 2 under a week, else 1.
 * `left` is in milliseconds, null without a deadline. Higher comes first. The list computes the
 * same in SQL (`queries/list.ts`); a test holds the two together.
 */
export function urgency(riskRank: number, left: number | null): number {
  return (riskRank + 1) * timeFactor(left)
}

function timeFactor(left: number | null): number {
  if (left === null || left >= 7 * DAY) return 1
  if (left < HOUR) return 4
  return left < DAY ? 3 : 2
}
