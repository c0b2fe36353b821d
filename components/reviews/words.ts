import { type Clock, dayWords } from '@/components/ui/time-words'
import type { ReviewOutcome } from '@/lib/reviews/model'

/** What each outcome is called, and what it does: said before it is chosen. */
export const OUTCOME_WORDS: Record<ReviewOutcome, { label: string; effect: string; verb: string }> =
  {
    keep: {
      label: 'Keep',
      effect: 'The version stays live. The next review is due in three months.',
      verb: 'Attest and keep',
    },
    change: {
      label: 'Keep with changes',
      effect: 'The version stays live until the author’s next one is approved.',
      verb: 'Attest, ask for changes',
    },
    suspend: {
      label: 'Suspend',
      effect: 'No new runs from this moment. Runs under way go on.',
      verb: 'Suspend the agent',
    },
    retire: {
      label: 'Retire',
      effect: 'It never runs again. Its record and versions stay.',
      verb: 'Retire the agent',
    },
  }

/** A calendar date, which has no zone: "4 Dec", with the year when it is another one. */
export function dateWords(date: string, clock: Clock): string {
  return dayWords(Date.parse(`${date}T00:00:00Z`), { now: clock.now, zone: 'UTC' })
}

/** "3 open, 1 overdue"; good news is said in words. */
export function dueWords(counts: { open: number; overdue: number }): string {
  if (counts.open === 0) return 'nothing open'
  return `${counts.open} open, ${counts.overdue === 0 ? 'none' : counts.overdue} overdue`
}
