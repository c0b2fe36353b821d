import { z } from 'zod'
import { MAX_MESSAGE } from '@/lib/core/limits'

export const REVIEW_STATES = ['open', 'completed', 'voided'] as const

/** What a review decides. "keep" sets the next due date, "suspend" stops new runs at once (S89). */
export const REVIEW_OUTCOMES = ['keep', 'change', 'suspend', 'retire'] as const
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number]

/** Calendar months between two reviews (S88: quarterly). */
export const REVIEW_MONTHS = 3

export const completeReviewInput = z.strictObject({
  reviewId: z.uuid(),
  /** The digest the reviewer saw; refused when another version was published since. */
  digest: z.string().regex(/^[0-9a-f]{64}$/),
  outcome: z.enum(REVIEW_OUTCOMES),
  reason: z.string().trim().min(1, 'Give the reason; it is kept in the record.').max(MAX_MESSAGE),
})
