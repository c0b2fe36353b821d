import 'server-only'
import { and, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { department } from '@/drizzle/schema/people'
import { isId } from '@/lib/core/ids'
import type { LocalDate } from '@/lib/core/time'
import type { CatalogFilter, CatalogFilters, CatalogView } from '../model'

const MAX_WORDS = 8

/** Days before its date from which a review counts as due. */
export const DUE_DAYS = 30

/** `%`, `_` and `\` stand for themselves. */
function pattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`
}

/** Exactly the expression of the index agent_by_text (drizzle/guards/search.sql). */
const SEARCHED = sql`(${agent.slug} || ' ' || ${agent.title} || ' ' || ${agent.description})`

/**
 * Every word occurs in slug, title or description. Substrings, so that it also finds Japanese; no
 * word holds a blank, so none is found across two of them.
 */
function textMatches(text: string): SQL | undefined {
  const words = text.trim().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS)
  return and(...words.map((word) => sql`${SEARCHED} ilike ${pattern(word)}`))
}

const OVERDUE = (today: LocalDate) =>
  sql`(${agent.nextReviewOn} < ${today}::date and ${agent.state} <> 'retired')`
const DUE = (today: LocalDate) =>
  sql`(${agent.nextReviewOn} between ${today}::date and ${today}::date + ${DUE_DAYS}::int and ${agent.state} <> 'retired')`

function stateIs(state: CatalogFilters['state']): SQL | undefined {
  if (state === 'any') return undefined
  return state === undefined ? ne(agent.state, 'retired') : inArray(agent.state, [...state])
}

type Named = typeof agent.ownerId | typeof agent.sponsorId

function personIs(column: Named, person: string): SQL {
  if (person === 'none') return isNull(column)
  return isId(person) ? sql`${column} = ${person}::uuid` : sql`false`
}

type Names = typeof agent.tools | typeof agent.mcpServers | typeof agent.rules

/** Containment of one name; indexes agent_by_tool, agent_by_mcp, agent_by_rule. */
function names(column: Names, name: string): SQL {
  return sql`${column} @> array[${name}]::text[]`
}

function findingsAre(findings: NonNullable<CatalogFilters['findings']>): SQL {
  if (findings === 'errors') return sql`${agent.errors} > 0`
  const open = sql`(${agent.errors} + ${agent.warnings} + ${agent.notes})`
  return findings === 'yes' ? sql`${open} > 0` : sql`${open} = 0`
}

function reviewIs(review: NonNullable<CatalogFilters['review']>, today: LocalDate): SQL {
  if (review === 'none') return sql`${agent.nextReviewOn} is null`
  return review === 'overdue' ? OVERDUE(today) : DUE(today)
}

/** Each filter as its own condition on `agent`; those that restrict nothing are absent. */
export function conditions(
  filters: CatalogFilters,
  today: LocalDate,
): Record<CatalogFilter, SQL | undefined> {
  const { text, risk, department: slug, owner, sponsor, findings, review } = filters
  const { tool, mcp, model, rule } = filters
  return {
    state: stateIs(filters.state),
    risk: risk ? inArray(agent.riskTier, [...risk]) : undefined,
    department: slug
      ? sql`${agent.departmentId} = (select ${department.id} from ${department} where ${department.slug} = ${slug})`
      : undefined,
    owner: owner ? personIs(agent.ownerId, owner) : undefined,
    sponsor: sponsor ? personIs(agent.sponsorId, sponsor) : undefined,
    tool: tool ? names(agent.tools, tool) : undefined,
    mcp: mcp ? names(agent.mcpServers, mcp) : undefined,
    model: model ? (model === 'none' ? isNull(agent.model) : eq(agent.model, model)) : undefined,
    rule: rule ? names(agent.rules, rule) : undefined,
    findings: findings ? findingsAre(findings) : undefined,
    review: review ? reviewIs(review, today) : undefined,
    text: text ? textMatches(text) : undefined,
  }
}

/** The filters as one condition on `agent`. Without any, everything that is not retired. */
export function matching(filters: CatalogFilters, today: LocalDate): SQL | undefined {
  return and(...Object.values(conditions(filters, today)))
}

/** What a saved view shows; filters narrow it further. `mine` is the reader's own departments. */
export function viewed(
  view: CatalogView,
  reader: { departments: readonly string[]; today: LocalDate },
): SQL | undefined {
  switch (view) {
    case 'all':
      return undefined
    case 'attention':
      return or(
        sql`${agent.errors} > 0`,
        eq(agent.state, 'suspended'),
        isNull(agent.ownerId),
        OVERDUE(reader.today),
      )
    case 'mine':
      return reader.departments.length === 0
        ? sql`false`
        : inArray(agent.departmentId, [...reader.departments])
    case 'high':
      return inArray(agent.riskTier, ['high', 'critical'])
    case 'sponsorless':
      return isNull(agent.sponsorId)
    case 'retired':
      return eq(agent.state, 'retired')
  }
}
