import 'server-only'
import { fingerprintOf } from '@/lib/constitution/fingerprint'
import type { Finding } from '@/lib/constitution/model'
import { conflict } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { type Assessment, assess, type CheckSetting } from '../rules'
import { type AgentRow, bytesOf, type DraftRow, liveDraft } from './lock'
import { settingOf } from './setting'

type Located = {
  bytes: Uint8Array
  assessed: Assessment
  setting: CheckSetting
  draft: DraftRow | null
  finding: Finding
}

/**
 * A finding of the bytes that a screen showed, found again by what it is about. The caller holds the
 * agent's lock. Throws `conflict` when the agent stands for other bytes by now or the finding is gone.
 */
export async function locateFinding(
  tx: Tx,
  agent: AgentRow,
  shown: { digest: string; fingerprint: string },
): Promise<Located> {
  const draft = await liveDraft(tx, agent.id)
  if (shown.digest !== agent.digest && shown.digest !== draft?.digest) {
    conflict(`${agent.slug} was changed after this finding was shown. Look at it again.`)
  }
  const bytes = await bytesOf(tx, shown.digest)
  const setting = await settingOf(tx, agent)
  const assessed = assess(bytes, setting)
  const finding = assessed.findings.find((one) => fingerprintOf(one) === shown.fingerprint)
  if (!finding) conflict('These bytes no longer have this finding. Look at them again.')
  return { bytes, assessed, setting, draft, finding }
}
