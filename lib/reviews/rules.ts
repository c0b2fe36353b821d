import { addMonths, daysBetween, type LocalDate, localDate } from '@/lib/core/time'
import { REVIEW_MONTHS } from './model'

/** Three calendar months after the last completed review, or after publication (S88). */
export function nextDue(after: Date, zone = 'UTC'): LocalDate {
  return addMonths(localDate(after, zone), REVIEW_MONTHS)
}

export type DueState = 'overdue' | 'due_soon' | 'later'

/** Overdue from the day after the due date; due soon within 30 days. */
export function dueState(dueOn: LocalDate, today: LocalDate): DueState {
  const days = daysBetween(today, dueOn)
  if (days < 0) return 'overdue'
  return days <= 30 ? 'due_soon' : 'later'
}

/** Why a person may not complete a review; null when they may. */
export function whyNotReviewer(
  review: { authorId: string },
  personId: string,
  holdsRole: boolean,
): string | null {
  if (review.authorId === personId) {
    return 'You wrote the version under review. Someone else must attest it.'
  }
  if (!holdsRole) return 'Only a reviewer of this department may attest. Ask an administrator.'
  return null
}
