import { riskRank } from '@/lib/approvals/rules'
import { checkDefinition } from '@/lib/constitution/check'
import {
  CHECKER_VERSION,
  contextOf,
  type Finding,
  type FindingSeverity,
  type Rulebook,
  stopsPublishing,
} from '@/lib/constitution/model'
import { type Excuse, excuseFor } from '@/lib/constitution/waivers'
import { canonicalJson } from '@/lib/core/canonical-json'
import { sha256 } from '@/lib/core/sha256'
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
  scope: string
}

/** Under what a definition is checked: the rulebook, the agent's department and the file's name. */
export type CheckSetting = { rulebook: Rulebook; department: string | null; path: string }

/** What a verdict depends on besides bytes, rulebook and checker; part of its key. */
export function scopeOf({ department, path }: CheckSetting): string {
  return sha256(canonicalJson({ department, file: path.split('/').at(-1) ?? path }))
}

const COUNTED: Record<FindingSeverity, keyof FindingCounts> = {
  blocking: 'blocking',
  error: 'errors',
  warning: 'warnings',
  note: 'notes',
}

/** Parses and checks. Never throws: what cannot be read becomes findings. Same bytes, same answer. */
export function assess(bytes: Uint8Array, setting: CheckSetting): Assessment {
  const definition = parseDefinition(bytes, { path: setting.path })
  const capabilities = capabilitiesOf(definition)
  const risk = riskOf(capabilities)
  const findings = checkDefinition(definition, contextOf(setting.rulebook, setting.department))
  const counts: FindingCounts = { blocking: 0, errors: 0, warnings: 0, notes: 0 }
  for (const finding of findings) counts[COUNTED[finding.severity]] += 1
  return {
    definition,
    capabilities,
    riskTier: risk.tier,
    riskReason: risk.reason,
    findings,
    counts,
    constitutionHash: setting.rulebook.hash,
    checkerVersion: CHECKER_VERSION,
    scope: scopeOf(setting),
  }
}

/** The derived columns of an agent row; one place, so that list and page agree. */
export function catalogColumns(assessed: Assessment, fallbackTitle: string) {
  const { definition } = assessed
  return {
    title: clip(definition.name ?? fallbackTitle, 200),
    description: clip(definition.description ?? '', 4_000),
    format: definition.format,
    fate: definition.fate.sentence,
    digest: definition.digest,
    ...verdictColumns(assessed),
  }
}

/** Those of them that a verdict alone decides: what changes when the rulebook does. */
export function verdictColumns(
  verdict: Pick<Assessment, 'capabilities' | 'findings' | 'counts' | 'riskTier'>,
) {
  const { counts, capabilities, riskTier } = verdict
  return {
    riskTier,
    riskRank: riskRank(riskTier),
    errors: counts.blocking + counts.errors,
    warnings: counts.warnings,
    notes: counts.notes,
    ...facets(capabilities, verdict.findings),
  }
}

/** Names that the catalog filters by; bounded, because a file may name anything. */
function facets(capabilities: Capabilities, findings: readonly Finding[]) {
  const tools = capabilities.tools.map((tool) => tool.base)
  return {
    tools: names(capabilities.inheritsAll ? ['*', ...tools] : tools),
    mcpServers: names(capabilities.mcpServers),
    subAgents: names(capabilities.subAgents),
    skills: names(capabilities.skills),
    model: capabilities.model === null ? null : clip(capabilities.model, 200),
    rules: names(findings.map((finding) => finding.rule)),
  }
}

const MAX_FACETS = 200
function names(all: readonly string[]): string[] {
  return [...new Set(all.map((name) => clip(name, 200)))].slice(0, MAX_FACETS)
}

function clip(text: string, length: number): string {
  return storableText(text.slice(0, length))
}

/** Findings that stop a proposal, and those that waivers in force excuse from stopping it. */
export function stopsOf(findings: readonly Finding[], excuses: readonly Excuse[]) {
  const stops = findings.filter(stopsPublishing)
  const judged = stops.map((finding) => ({ finding, excuse: excuseFor(finding, excuses) }))
  const excused = judged.flatMap(({ excuse }) => (excuse === null ? [] : [excuse]))
  return { open: stops.length - excused.length, excused: [...new Set(excused)] }
}

/** Why a draft may not be proposed or published now; null when it may. */
export function whyNotPublishable(
  findings: readonly Finding[],
  excuses: readonly Excuse[],
): string | null {
  const stops = stopsOf(findings, excuses).open
  if (stops === 0) return null
  return stops === 1
    ? '1 error must be fixed first, or excused. It is marked in the editor.'
    : `${stops} errors must be fixed first, or excused. They are marked in the editor.`
}

export const LIFECYCLE_VERBS = ['suspend', 'resume', 'retire'] as const
export type LifecycleVerb = (typeof LIFECYCLE_VERBS)[number]

/**
 * Why an agent in a state cannot be suspended, resumed or retired; null when it can. The database
 * holds the same table (drizzle/guards/agents.sql): a draft becomes active only by a publication.
 */
export function whyNotLifecycle(
  verb: LifecycleVerb,
  agent: { state: AgentState; slug: string },
): string | null {
  const { state, slug } = agent
  if (state === 'retired') return `${slug} is retired, and stays so.`
  switch (verb) {
    case 'suspend':
      if (state === 'suspended') return `${slug} is suspended already.`
      return state === 'draft' ? `${slug} was never published, so nothing runs.` : null
    case 'resume':
      return state === 'suspended' ? null : `${slug} is not suspended.`
    case 'retire':
      return null
  }
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
