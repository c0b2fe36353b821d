import 'server-only'
import { and, type SQL, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { department, person } from '@/drizzle/schema/people'
import { db } from '@/lib/db/client'
import { CATALOG_FILTERS, type CatalogFilter } from '../model'
import { conditions, DUE_DAYS, viewed } from './filter'
import { type CatalogQuestion, ownDepartments, stated } from './list'
import { visibleTo } from './scope'

/** Values that one filter offers: the most frequent ones. */
const MOST = 100

/** A value that a filter may take, its name, and how many agents there would be. */
export type FacetValue = { value: string; name: string; agents: number }
export type Facets = Record<Exclude<CatalogFilter, 'text'>, FacetValue[]>

/**
 * For each filter the values that occur, counted under all the other filters in force: what each
 * number says is how long the list gets when that value is chosen. One read of the visible rows; the
 * searched text is compared once for each of them.
 */
export async function facetCounts(
  question: Pick<CatalogQuestion, 'actor' | 'view' | 'filters' | 'today'>,
): Promise<Facets> {
  const { actor, view, filters, today } = question
  const held = conditions(stated(view, filters), today)
  const used = CATALOG_FILTERS.filter((name) => held[name] !== undefined)
  const marks = used.map((name) => sql`, (${held[name]}) as ${sql.identifier(`in_${name}`)}`)
  const others = (facet: CatalogFilter): SQL => {
    const rest = used.filter((name) => name !== facet)
    return and(...rest.map((name) => sql`${sql.identifier(`in_${name}`)}`)) ?? sql`true`
  }
  const reader = { departments: ownDepartments(actor), today }
  const rows = await db().execute<{ facet: keyof Facets } & FacetValue>(sql`
    with seen as materialized (
      select ${agent.state} as state, ${agent.riskTier} as risk, ${agent.departmentId} as department,
        ${agent.ownerId} as owner, ${agent.sponsorId} as sponsor, ${agent.tools} as tool,
        ${agent.mcpServers} as mcp, coalesce(${agent.model}, 'none') as model,
        ${agent.rules} as rule, ${agent.errors} > 0 as errors,
        ${agent.errors} + ${agent.warnings} + ${agent.notes} > 0 as open,
        ${agent.nextReviewOn} as due ${sql.join(marks)}
      from ${agent} where ${and(visibleTo(actor), viewed(view, reader))}
    )
    ${sql.join(branches(others, today), sql` union all `)}`)
  const facets = Object.fromEntries(FACETS.map((name) => [name, []])) as unknown as Facets
  for (const { facet, value, name, agents } of rows) facets[facet].push({ value, name, agents })
  return facets
}

const FACETS = CATALOG_FILTERS.filter((name) => name !== 'text')

function branches(others: (facet: CatalogFilter) => SQL, today: string): SQL[] {
  const plain = (facet: 'state' | 'risk' | 'model') => {
    const column = sql.identifier(facet)
    return counted(
      facet,
      sql`select ${column} as value, ${column} as name from seen where ${others(facet)}`,
    )
  }
  const people = (facet: 'owner' | 'sponsor') =>
    counted(
      facet,
      sql`select coalesce(p.id::text, 'none') as value, coalesce(p.name, 'nobody') as name
        from seen left join ${person} p on p.id = seen.${sql.identifier(facet)}
        where ${others(facet)}`,
    )
  const listed = (facet: 'tool' | 'mcp' | 'rule') =>
    counted(
      facet,
      sql`select one as value, one as name from seen, unnest(${sql.identifier(facet)}) one
        where ${others(facet)}`,
    )
  return [
    ...(['state', 'risk', 'model'] as const).map(plain),
    ...(['owner', 'sponsor'] as const).map(people),
    ...(['tool', 'mcp', 'rule'] as const).map(listed),
    counted(
      'department',
      sql`select d.slug as value, d.name as name from seen
        join ${department} d on d.id = seen.department where ${others('department')}`,
    ),
    counted(
      'findings',
      sql`select word as value, word as name from seen, unnest(array[
          case when errors then 'errors' end, case when open then 'yes' else 'no' end]) word
        where word is not null and ${others('findings')}`,
    ),
    counted('review', reviewWords(others('review'), today)),
  ]
}

/** The same days as `matching`: a filter and its count must not disagree. */
function reviewWords(where: SQL, today: string): SQL {
  return sql`select word as value, word as name from (
      select case when due is null then 'none'
        when state = 'retired' then null
        when due < ${today}::date then 'overdue'
        when due <= ${today}::date + ${DUE_DAYS}::int then 'due' end as word
      from seen where ${where}) words
    where word is not null`
}

function counted(facet: string, values: SQL): SQL {
  return sql`(select ${facet}::text as facet, value, min(name) as name, count(*)::int as agents
    from (${values}) v group by value order by count(*) desc, min(name) limit ${MOST})`
}
