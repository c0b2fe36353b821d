import type { DefinitionContent } from '@/lib/definition/model'
import { CATALOG_RULES } from './catalog-rules'
import {
  type CatalogAgent,
  type CatalogFinding,
  FINDING_SEVERITIES,
  type Finding,
  type RuleContext,
} from './model'
import { RULES } from './rules'

export { CATALOG_RULES, RULES }

const WORST_FIRST = new Map(FINDING_SEVERITIES.map((severity, index) => [severity, index]))

/**
 * What the rules say of a definition: worst first, then by line, then by rule. Pure: the same
 * definition and context give the same findings on every machine (architecture section 5).
 */
export function checkDefinition(definition: DefinitionContent, context: RuleContext): Finding[] {
  return RULES.flatMap((rule) => rule.check(definition, context)).sort(byWeight)
}

/**
 * What the rules between files say: by agent, then as above. Retired agents are to be left out by
 * the caller. Grows with the catalog, not with its square.
 */
export function checkCatalog(
  agents: readonly CatalogAgent[],
  context: Omit<RuleContext, 'department'>,
): CatalogFinding[] {
  return CATALOG_RULES.flatMap((rule) => rule.check(agents, context)).sort(
    (a, b) => compare(a.slug, b.slug) || byWeight(a.finding, b.finding),
  )
}

function byWeight(a: Finding, b: Finding): number {
  return (
    (WORST_FIRST.get(a.severity) ?? 0) - (WORST_FIRST.get(b.severity) ?? 0) ||
    (a.lines[0]?.line ?? 0) - (b.lines[0]?.line ?? 0) ||
    compare(a.rule, b.rule)
  )
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
