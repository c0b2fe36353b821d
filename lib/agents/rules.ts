import { riskRank } from '@/lib/approvals/rules'
import { checkDefinition } from '@/lib/constitution/check'
import { DEFAULT_CONTEXT, DEFAULT_HASH } from '@/lib/constitution/default-constitution'
import { CHECKER_VERSION, type Finding, type FindingSeverity } from '@/lib/constitution/model'
import { storableText } from '@/lib/core/storable'
import { capabilitiesOf, riskOf } from '@/lib/definition/capabilities'
import type { Capabilities, Definition, RiskTier } from '@/lib/definition/model'
import { parseDefinition } from '@/lib/definition/parse'
import type { AgentState } from './model'

export type FindingCounts = { blocking: number; errors: number; warnings: number; notes: number }

/** Everything that is derived from one definition's bytes under one rulebook. */
export type Assessment = {
  definition: Definition
  capabilities: Capabilities
  riskTier: RiskTier
  riskReason: string
  findings: Finding[]
  counts: FindingCounts
  constitutionHash: string
  checkerVersion: string
}

const COUNTED: Record<FindingSeverity, keyof FindingCounts> = {
  blocking: 'blocking',
  error: 'errors',
  warning: 'warnings',
  note: 'notes',
}

/** Parses and checks. Never throws: what cannot be read becomes findings. Same bytes, same answer. */
export function assess(bytes: Uint8Array, path: string): Assessment {
  const definition = parseDefinition(bytes, { path })
  const capabilities = capabilitiesOf(definition)
  const risk = riskOf(capabilities)
  const findings = checkDefinition(definition, DEFAULT_CONTEXT)
  const counts: FindingCounts = { blocking: 0, errors: 0, warnings: 0, notes: 0 }
  for (const finding of findings) counts[COUNTED[finding.severity]] += 1
  return {
    definition,
    capabilities,
    riskTier: risk.tier,
    riskReason: risk.reason,
    findings,
    counts,
    constitutionHash: DEFAULT_HASH,
    checkerVersion: CHECKER_VERSION,
  }
}

/** The derived columns of an agent row; one place, so that list and page agree. */
export function catalogColumns(assessed: Assessment, fallbackTitle: string) {
  const { definition, counts } = assessed
  return {
    title: clip(definition.name ?? fallbackTitle, 200),
    description: clip(definition.description ?? '', 4_000),
    format: definition.format,
    fate: definition.fate.sentence,
    digest: definition.digest,
    riskTier: assessed.riskTier,
    riskRank: riskRank(assessed.riskTier),
    errors: counts.blocking + counts.errors,
    warnings: counts.warnings,
    notes: counts.notes,
  }
}

function clip(text: string, length: number): string {
  return storableText(text.slice(0, length))
}

/** Why a draft may not be proposed or published now; null when it may. */
export function whyNotPublishable(counts: FindingCounts): string | null {
  const stops = counts.blocking + counts.errors
  if (stops === 0) return null
  return stops === 1
    ? '1 error must be fixed first. It is marked in the editor.'
    : `${stops} errors must be fixed first. They are marked in the editor.`
}

/** Why a run may not start now; null when it may. */
export function whyNotRunnable(agent: {
  state: AgentState
  live: boolean
  slug: string
}): string | null {
  if (agent.state === 'suspended')
    return `${agent.slug} is suspended. No new runs until it is resumed.`
  if (agent.state === 'retired') return `${agent.slug} is retired. It never runs again.`
  if (!agent.live) {
    return `${agent.slug} has no published version. A draft never runs: propose it and have it approved.`
  }
  return null
}
