import 'server-only'
import { z } from 'zod'
import { readHighWater } from '@/lib/audit/high-water'
import { openCheckpointKey } from '@/lib/audit/keys'
import type { VerifyReport } from '@/lib/audit/report'
import { verifyDatabase } from '@/lib/audit/verify'
import type { Actor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { command } from '@/lib/command/command'
import { ChanceryError } from '@/lib/core/errors'
import type { Success } from '@/lib/core/result'
import { rawSql } from '@/lib/db/client'
import { dataFolder } from '@/lib/db/config'

const EMPTY_ROOT = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** Leaves the fact that somebody verified the log, and what came of it. */
const recordVerification = command({
  name: 'log.verify',
  permission: 'log.verify',
  input: z.strictObject({
    size: z.int().min(0),
    root: z.string().nullable(),
    verdict: z.enum(['verified', 'tampered', 'inconclusive']),
    codes: z.array(z.string()).max(32),
  }),
  subject: async () => ({ departmentId: null }),
  run: async ({ input }) => ({
    value: null,
    fact: {
      action: 'log.verified',
      targets: [{ t: 'log', id: 'one' }],
      data: { ...input, root: input.root ?? EMPTY_ROOT },
    },
  }),
})

/**
 * Recomputes the whole log in one snapshot and leaves the fact that it was done. Only for who may
 * verify: the work grows with the log.
 */
export async function verifyLog(actor: Actor): Promise<Success<VerifyReport>> {
  if (!can(actor, 'log.verify', null)) {
    throw new ChanceryError('forbidden', 'Only an auditor or administrator verifies the log.')
  }
  const dataDir = dataFolder()
  const signer = await openCheckpointKey(rawSql(), { dataDir })
  const highWater = await readHighWater(dataDir)
  const report = await verifyDatabase({ sql: rawSql(), vkey: signer.vkey, highWater })
  const codes = [...new Set(report.findings.map((finding) => finding.code))].slice(0, 32)
  const { size, root, verdict } = report
  const recorded = await recordVerification.execute(actor, { size, root, verdict, codes })
  return { ...recorded, value: report }
}
