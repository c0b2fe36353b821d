import 'server-only'
import { CATALOG_RULES, RULES } from '@/lib/constitution/check'
import type { CatalogRulePage, Rule, RulePage } from '@/lib/constitution/model'

/** A rule as its pages show it: everything but what it does. */
export type ShownRule = Pick<Rule, 'id' | 'severity' | 'title' | 'moment' | 'kind'> & {
  principle: string | null
  /** True for a check between files. */
  between: boolean
  /** Agents that have it now. */
  agents: number
}

const ALL = [
  ...RULES.map((rule) => ({ rule, between: false })),
  ...CATALOG_RULES.map((rule) => ({ rule, between: true })),
]

/** Every rule in the order of the checker, with how many agents have it. */
export function shownRules(counts: ReadonlyMap<string, number>): ShownRule[] {
  return ALL.map(({ rule, between }) => {
    const { id, severity, title, moment, kind, principle } = rule
    return {
      ...{ id, severity, title, moment, kind, between },
      principle: principle ?? null,
      agents: counts.get(id) ?? 0,
    }
  })
}

/** What, why, examples and fix of one rule; null when there is none of this name. */
export function rulePage(id: string): RulePage | CatalogRulePage | null {
  return ALL.find(({ rule }) => rule.id === id)?.rule.page ?? null
}
