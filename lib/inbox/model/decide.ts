import { z } from 'zod'
import { VERDICTS } from '@/lib/approvals/model'
import { MAX_MESSAGE } from '@/lib/core/limits'

// Apart from the other shapes of the inbox, because those travel to the browser and zod need not.
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
