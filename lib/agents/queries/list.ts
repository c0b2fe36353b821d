import 'server-only'
import { and, asc, desc, eq, inArray, ne, type SQL, sql } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { agent, draft, proposal, version } from '@/drizzle/schema/agents'
import { approval, decision } from '@/drizzle/schema/approvals'
import { department, person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { PAGE_SIZE } from '@/lib/core/limits'
import type { LocalDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import {
  CATALOG_VIEWS,
  type CatalogCursor,
  type CatalogFilter,
  type CatalogFilters,
  type CatalogSort,
  type CatalogView,
  MAX_BULK,
} from '../model'
import { matching, viewed } from './filter'
import { visibleTo } from './scope'

export type CatalogQuestion = {
  actor: Actor
  view: CatalogView
  filters: CatalogFilters
  sort: CatalogSort
  /** `natural`: highest risk, A to Z, nearest review first. */
  order: 'natural' | 'reverse'
  cursor: CatalogCursor | null
  /** What "overdue" is measured against. */
  today: LocalDate
}

const owner = alias(person, 'owner')
const sponsor = alias(person, 'sponsor')

const ROW = {
  id: agent.id,
  slug: agent.slug,
  title: agent.title,
  state: agent.state,
  riskTier: agent.riskTier,
  riskRank: agent.riskRank,
  digest: agent.digest,
  department: department.name,
  owner: owner.name,
  sponsor: sponsor.name,
  model: agent.model,
  // A cell names the first few; the record names all.
  tools: sql<string[]>`${agent.tools}[1:4]`,
  toolCount: sql<number>`cardinality(${agent.tools})`,
  mcpServers: sql<string[]>`${agent.mcpServers}[1:3]`,
  mcpCount: sql<number>`cardinality(${agent.mcpServers})`,
  errors: agent.errors,
  warnings: agent.warnings,
  notes: agent.notes,
  nextReviewOn: agent.nextReviewOn,
  live: version.number,
  draftDigest: draft.digest,
  draftRevision: draft.revision,
  draftState: draft.state,
  proposed: proposal.version,
  proposalNumber: proposal.number,
  quorum: approval.quorum,
  signed: sql<number>`(select count(*)::int from ${decision}
    where ${decision.approvalId} = ${proposal.approvalId}
      and ${decision.dismissedAt} is null and ${decision.verdict} = 'approve')`,
}

export type CatalogRow = Awaited<ReturnType<typeof rowsWhere>>[number]

function rowsWhere(where: SQL | undefined, order: SQL[], limit: number) {
  return db()
    .select(ROW)
    .from(agent)
    .innerJoin(department, eq(department.id, agent.departmentId))
    .leftJoin(owner, eq(owner.id, agent.ownerId))
    .leftJoin(sponsor, eq(sponsor.id, agent.sponsorId))
    .leftJoin(version, eq(version.id, agent.liveVersionId))
    .leftJoin(draft, and(eq(draft.id, agent.draftId), inArray(draft.state, ['open', 'proposed'])))
    .leftJoin(proposal, and(eq(proposal.agentId, agent.id), eq(proposal.state, 'open')))
    .leftJoin(approval, eq(approval.id, proposal.approvalId))
    .where(where)
    .orderBy(...order)
    .limit(limit)
}

/**
 * One page of the catalog and where the next one starts (null after the last). Sorted by
 * (key, slug), so pages neither overlap nor skip while rows stay where they are. Indexes:
 * agent_by_risk, agent_slug_unique, agent_by_review; text search reads the visible rows.
 */
export async function listAgents(
  question: CatalogQuestion,
  size: number = PAGE_SIZE,
): Promise<{ rows: CatalogRow[]; next: CatalogCursor | null }> {
  const by = sorting(question)
  const { cursor } = question
  const where = and(asked(question), cursor ? by.after(cursor) : undefined)
  const found = await rowsWhere(where, by.order, size + 1)
  const rows = found.slice(0, size)
  const last = found.length > size ? rows.at(-1) : undefined
  return { rows, next: last ? { key: by.keyOf(last), slug: last.slug } : null }
}

/** What is selected when everything that matches is: at most `MAX_BULK`, in the order of the list. */
export async function selectMatching(
  question: CatalogQuestion,
): Promise<{ id: string; slug: string }[]> {
  return db()
    .select({ id: agent.id, slug: agent.slug })
    .from(agent)
    .where(asked(question))
    .orderBy(...sorting(question).order)
    .limit(MAX_BULK)
}

/** The agents that the question is about, before its cursor. */
function asked(question: Omit<CatalogQuestion, 'cursor' | 'sort' | 'order'>) {
  const { actor, view, filters, today } = question
  return and(
    visibleTo(actor),
    matching(stated(view, filters), today),
    viewed(view, { departments: ownDepartments(actor), today }),
  )
}

type Sorting = {
  order: SQL[]
  after: (cursor: CatalogCursor) => SQL
  keyOf: (row: CatalogRow) => string | number | null
}

function sorting({ sort, order }: CatalogQuestion): Sorting {
  const natural = order === 'natural'
  const slugOrder = natural ? asc(agent.slug) : desc(agent.slug)
  const slugAfter = (slug: string) =>
    natural ? sql`${agent.slug} > ${slug}` : sql`${agent.slug} < ${slug}`
  if (sort === 'name') {
    return { order: [slugOrder], after: (c) => slugAfter(c.slug), keyOf: () => null }
  }
  if (sort === 'risk') {
    return {
      // The place of nulls is that of the index, though there are none: else it is not used.
      order: [
        natural ? sql`${agent.riskRank} desc nulls last` : sql`${agent.riskRank} asc nulls first`,
        slugOrder,
      ],
      after: ({ key, slug }) => {
        const rank = Number(key)
        return natural
          ? sql`(${agent.riskRank} <= ${rank} and (${agent.riskRank} < ${rank} or ${slugAfter(slug)}))`
          : sql`(${agent.riskRank} >= ${rank} and (${agent.riskRank} > ${rank} or ${slugAfter(slug)}))`
      },
      keyOf: (row) => row.riskRank,
    }
  }
  // Agents without a date come last in both directions: there is nothing to be early or late for.
  const dated = natural
    ? sql`${agent.nextReviewOn} asc nulls last`
    : sql`${agent.nextReviewOn} desc nulls last`
  return {
    order: [dated, slugOrder],
    after: ({ key, slug }) => {
      if (key === null) return sql`(${agent.nextReviewOn} is null and ${slugAfter(slug)})`
      const date = sql`${String(key)}::date`
      const later = natural
        ? sql`${agent.nextReviewOn} > ${date}`
        : sql`${agent.nextReviewOn} < ${date}`
      return sql`(${later} or (${agent.nextReviewOn} = ${date} and ${slugAfter(slug)}) or ${agent.nextReviewOn} is null)`
    },
    keyOf: (row) => row.nextReviewOn,
  }
}

/** The view of retired agents is about a state of its own; filters on top keep their meaning. */
export function stated(view: CatalogView, filters: CatalogFilters): CatalogFilters {
  return view === 'retired' && filters.state === undefined ? { ...filters, state: 'any' } : filters
}

/** The departments in which the reader holds a role of their own, not one for everything. */
export function ownDepartments(actor: Actor): string[] {
  if (actor.kind === 'system') return []
  return [...new Set(actor.grants.flatMap((grant) => grant.departmentId ?? []))]
}

export type CatalogCounts = {
  views: Record<CatalogView, number>
  /** Rows of the view under its filters, and the open findings on them. */
  shown: { agents: number; errors: number; warnings: number }
  /** Every agent that the reader may see, retired ones too. */
  visible: number
  /** For each filter in use: how many there would be without it. */
  without: Partial<Record<CatalogFilter, number>>
}

/** All numbers of the catalog page in one read over the rows that the actor may see. */
export async function countAgents(
  question: Pick<CatalogQuestion, 'actor' | 'view' | 'filters' | 'today'>,
): Promise<CatalogCounts> {
  const { actor, view, filters, today } = question
  const reader = { departments: ownDepartments(actor), today }
  const inView = (one: CatalogView, with_: CatalogFilters) =>
    and(matching(stated(one, with_), today), viewed(one, reader)) ?? sql`true`
  const shown = inView(view, filters)
  const used = Object.keys(filters) as CatalogFilter[]
  const count = (where: SQL) => sql<number>`(count(*) filter (where ${where}))::int`
  const columns: Record<string, SQL<number>> = {
    visible: sql<number>`count(*)::int`,
    agents: count(shown),
    errors: sql<number>`coalesce(sum(${agent.errors}) filter (where ${shown}), 0)::int`,
    warnings: sql<number>`coalesce(sum(${agent.warnings}) filter (where ${shown}), 0)::int`,
  }
  for (const one of CATALOG_VIEWS) columns[`view_${one}`] = count(inView(one, {}))
  for (const name of used) {
    const { [name]: _, ...rest } = filters
    columns[`without_${name}`] = count(inView(view, rest))
  }
  const [row] = await db().select(columns).from(agent).where(visibleTo(actor))
  const get = (name: string) => row?.[name] ?? 0
  return {
    views: Object.fromEntries(CATALOG_VIEWS.map((one) => [one, get(`view_${one}`)])) as Record<
      CatalogView,
      number
    >,
    shown: { agents: get('agents'), errors: get('errors'), warnings: get('warnings') },
    visible: get('visible'),
    without: Object.fromEntries(used.map((name) => [name, get(`without_${name}`)])),
  }
}

/** Departments, and people who own or sponsor, among the visible agents: the names on the chips. */
export async function catalogChoices(actor: Actor) {
  const where = and(visibleTo(actor), ne(agent.state, 'retired'))
  const [departments, people] = await Promise.all([
    db()
      .selectDistinct({ slug: department.slug, name: department.name })
      .from(agent)
      .innerJoin(department, eq(department.id, agent.departmentId))
      .where(where)
      .orderBy(department.name),
    db()
      .select({ id: person.id, name: person.name })
      .from(person)
      .where(
        inArray(
          person.id,
          db()
            .select({ id: agent.ownerId })
            .from(agent)
            .where(where)
            .union(db().select({ id: agent.sponsorId }).from(agent).where(where)),
        ),
      )
      .orderBy(person.name),
  ])
  return { departments, people }
}
