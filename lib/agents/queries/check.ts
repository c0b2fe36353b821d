import 'server-only'
import { and, eq } from 'drizzle-orm'
import { definition, definitionCheck } from '@/drizzle/schema/agents'
import { CHECKER_VERSION, type Finding } from '@/lib/constitution/model'
import { db } from '@/lib/db/client'
import { riskOf } from '@/lib/definition/capabilities'
import type { Capabilities, RiskTier } from '@/lib/definition/model'
import { assess, type FindingCounts, scopeOf } from '../rules'
import { settingOf } from './setting'

export type Checked = {
  findings: Finding[]
  capabilities: Capabilities
  riskTier: RiskTier
  riskReason: string
  counts: FindingCounts
}

/**
 * What the checker of today says of one stored definition. Reads the stored verdict; when there is
 * none for this rulebook and checker (they were replaced since), checks the bytes again. Null when
 * the digest is unknown. Index: definition_check_key.
 */
export async function checkOf(
  digest: string,
  agent: { departmentId: string; fileName: string },
): Promise<Checked | null> {
  const setting = await settingOf(null, agent)
  const [row] = await db()
    .select({
      findings: definitionCheck.findings,
      capabilities: definitionCheck.capabilities,
      riskTier: definitionCheck.riskTier,
      blocking: definitionCheck.blocking,
      errors: definitionCheck.errors,
      warnings: definitionCheck.warnings,
      notes: definitionCheck.notes,
    })
    .from(definitionCheck)
    .where(
      and(
        eq(definitionCheck.digest, digest),
        eq(definitionCheck.constitutionHash, setting.rulebook.hash),
        eq(definitionCheck.checkerVersion, CHECKER_VERSION),
        eq(definitionCheck.scope, scopeOf(setting)),
      ),
    )
  if (row) {
    const capabilities = row.capabilities as Capabilities
    const { blocking, errors, warnings, notes } = row
    return {
      findings: row.findings as Finding[],
      capabilities,
      riskTier: row.riskTier,
      riskReason: riskOf(capabilities).reason,
      counts: { blocking, errors, warnings, notes },
    }
  }
  const bytes = await storedBytes(digest)
  if (bytes === null) return null
  const { findings, capabilities, riskTier, riskReason, counts } = assess(bytes, setting)
  return { findings, capabilities, riskTier, riskReason, counts }
}

/** The exact bytes under a digest, or null. The caller has checked that they may be read. */
export async function storedBytes(digest: string): Promise<Uint8Array | null> {
  const [row] = await db()
    .select({ bytes: definition.bytes })
    .from(definition)
    .where(eq(definition.digest, digest))
  return row?.bytes ?? null
}
