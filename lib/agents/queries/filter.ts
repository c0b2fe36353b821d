import 'server-only'
import { and, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { department } from '@/drizzle/schema/people'
import type { LocalDate } from '@/lib/core/time'
import type { CatalogFilters, CatalogView } from '../model'

const MAX_WORDS = 8

/** Days before its date from which a review counts as due. */
const DUE_DAYS = 30

/** `%`, `_` and `\` stand for themselves. */
function pattern(word: string): string {
  return `%${word.replace(/[\\%_]/g, '\\$&')}%`
}

/** Every word occurs in slug, title or description. Substrings, so that it also finds Japanese. */
function textMatches(text: string): SQL | undefined {
  const words = text.trim().split(/\s+/).filter(Boolean).slice(0, MAX_WORDS)
  return and(
    ...words.map((word) => {
      const like = pattern(word)
      return sql`(${agent.slug} ilike ${like} or ${agent.title} ilike ${like} or ${agent.description} ilike ${like})`
    }),
  )
}

const OVERDUE = (today: LocalDate) =>
  sql`(${agent.nextReviewOn} < ${today}::date and ${agent.state} <> 'retired')`
const DUE = (today: LocalDate) =>
  sql`(${agent.nextReviewOn} between ${today}::date and ${today}::date + ${DUE_DAYS}::int and ${agent.state} <> 'retired')`

function stateIs(state: CatalogFilters['state']): SQL | undefined {
  if (state === 'any') return undefined
  return state === undefined ? ne(agent.state, 'retired') : inArray(agent.state, [...state])
}

function ownerIs(owner: string): SQL {
  if (owner === 'none') return isNull(agent.ownerId)
  return eq(sql`${agent.ownerId}::text`, owner)
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

/** The filters as one condition on `agent`. Without any, everything that is not retired. */
export function matching(filters: CatalogFilters, today: LocalDate): SQL | undefined {
  const { text, risk, department: slug, owner, findings, review } = filters
  return and(
    stateIs(filters.state),
    risk ? inArray(agent.riskTier, [...risk]) : undefined,
    slug
      ? sql`${agent.departmentId} = (select ${department.id} from ${department} where ${department.slug} = ${slug})`
      : undefined,
    owner ? ownerIs(owner) : undefined,
    findings ? findingsAre(findings) : undefined,
    review ? reviewIs(review, today) : undefined,
    text ? textMatches(text) : undefined,
  )
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
