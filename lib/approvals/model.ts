import { z } from 'zod'
import { MAX_MESSAGE } from '@/lib/core/limits'

/** What an approval may be about. The mechanism itself knows nothing of the kinds. */
export const APPROVAL_KINDS = [
  'proposal',
  'tool_call',
  'change_set',
  'review',
  'constitution',
  'waiver',
] as const
export type ApprovalKind = (typeof APPROVAL_KINDS)[number]

export const APPROVAL_STATES = [
  'open',
  'approved',
  'changes_requested',
  'rejected',
  'dismissed',
  'withdrawn',
  'expired',
] as const
export type ApprovalState = (typeof APPROVAL_STATES)[number]

export const VERDICTS = ['approve', 'request_changes', 'reject'] as const
export type Verdict = (typeof VERDICTS)[number]

export const RISK_TIERS = ['low', 'medium', 'high', 'critical'] as const
export type RiskTier = (typeof RISK_TIERS)[number]

const digest = z.string().regex(/^[0-9a-f]{64}$/)

/** What one person says about one approval; bound to the digest that their screen showed. */
export const decideInput = z.strictObject({
  approvalId: z.uuid(),
  verdict: z.enum(VERDICTS),
  /** The digest the screen showed; refused when the approval now stands for other bytes. */
  digest,
  /** SHA-256 of what was rendered. */
  renderedDigest: digest,
  reason: z.string().trim().max(MAX_MESSAGE).default(''),
  /** The agent's name typed again: the second key that a high or critical item asks for. */
  typedName: z.string().max(200).optional(),
})
export type DecideInput = z.infer<typeof decideInput>
