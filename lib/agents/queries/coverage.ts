import 'server-only'
import { and, asc, eq, gt, gte, inArray, ne, sql } from 'drizzle-orm'
import { agent, definition } from '@/drizzle/schema/agents'
import { waiver } from '@/drizzle/schema/constitution'
import { department } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { type Coverage, coverageOf } from '@/lib/constitution/coverage'
import { contextOf, type Principle } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import { type Excuse, findingWords } from '@/lib/constitution/waivers'
import { PAGE_SIZE } from '@/lib/core/limits'
import { localDate } from '@/lib/core/time'
import { db } from '@/lib/db/client'
import { parseDefinition } from '@/lib/definition/parse'
import type { WaivedFinding } from './excuses'
import { visibleTo } from './scope'

/** Rules that report a gap between a file and the principles. */
const GAP_RULES = ['principle-missing', 'principle-weakened', 'constitution-outdated']

export type MatrixQuestion = {
  actor: Actor
  /** Slug of a department. */
  department: string | null
  /** Only agents with an open finding about principles. */
  gaps: boolean
  /** The slug after which the page starts. */
  after: string
  now: Date
}
export type MatrixRow = { slug: string; department: string; cells: Coverage[] }
export type Matrix = {
  label: string
  principles: Principle[]
  rows: MatrixRow[]
  next: string | null
  total: number
}

/**
 * One page of agents against the principles of the rulebook in force, read from the exact bytes of
 * each. Indexes: agent_slug_unique, agent_by_rule for the gaps, waiver_agent.
 */
export async function principleMatrix(question: MatrixQuestion): Promise<Matrix> {
  const where = asked(question)
  const [rulebook, found, [counted]] = await Promise.all([
    currentRulebook(),
    db()
      .select({
        id: agent.id,
        slug: agent.slug,
        fileName: agent.fileName,
        department: department.name,
        departmentSlug: department.slug,
        bytes: definition.bytes,
      })
      .from(agent)
      .innerJoin(department, eq(department.id, agent.departmentId))
      .innerJoin(definition, eq(definition.digest, agent.digest))
      .where(and(where, gt(agent.slug, question.after)))
      .orderBy(asc(agent.slug))
      .limit(PAGE_SIZE + 1),
    db().select({ total: sql<number>`count(*)::int` }).from(agent).where(where),
  ])
  const page = found.slice(0, PAGE_SIZE)
  const excuses = await excusesOfMany(
    page.map((row) => row.id),
    question.now,
  )
  const rows = page.map((row) => {
    const content = parseDefinition(row.bytes, { path: row.fileName })
    const context = contextOf(rulebook, row.departmentSlug)
    return {
      slug: row.slug,
      department: row.department,
      cells: coverageOf(content, context, excuses.get(row.id) ?? []),
    }
  })
  const { label, principles } = rulebook.content
  const last = found.length > PAGE_SIZE ? page.at(-1) : undefined
  return { label, principles, rows, next: last?.slug ?? null, total: counted?.total ?? 0 }
}

function asked({ actor, department: slug, gaps }: MatrixQuestion) {
  return and(
    visibleTo(actor),
    ne(agent.state, 'retired'),
    slug === null
      ? undefined
      : sql`${agent.departmentId} = (select ${department.id} from ${department} where ${department.slug} = ${slug})`,
    gaps
      ? sql`${agent.rules} && array[${sql.join(
          GAP_RULES.map((rule) => sql`${rule}`),
          sql`, `,
        )}]::text[]`
      : undefined,
  )
}

/** The waivers in force of many agents at once; the single one is in `excuses.ts`. */
async function excusesOfMany(
  agentIds: readonly string[],
  now: Date,
): Promise<ReadonlyMap<string, Excuse[]>> {
  if (agentIds.length === 0) return new Map()
  const rows = await db()
    .select()
    .from(waiver)
    .where(
      and(
        inArray(waiver.agentId, [...agentIds]),
        eq(waiver.state, 'approved'),
        gte(waiver.endsOn, localDate(now)),
      ),
    )
  const byAgent = new Map<string, Excuse[]>()
  for (const { id, agentId, rule, endsOn, finding } of rows) {
    const { message, lines, severity } = finding as WaivedFinding
    const words = findingWords({ rule, message, lines })
    byAgent.set(agentId, [
      ...(byAgent.get(agentId) ?? []),
      { waiverId: id, rule, words, severity, endsOn },
    ])
  }
  return byAgent
}
