import 'server-only'
import { and, eq, inArray, ne, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { routingCase } from '@/drizzle/schema/constitution'
import type { Fact } from '@/lib/audit/catalogue'
import { command, UNCHANGED } from '@/lib/command/command'
import { conflict, invalid, notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import type { Tx } from '@/lib/db/transaction'
import { MAX_ROUTING_CASES, removeRoutingCaseInput, saveRoutingCasesInput } from '../model'

type Wanted = { id?: string | undefined; phrase: string; expected: string | null }
type Known = { id: string; phrase: string; expected: string | null }

/**
 * Adds and changes routing tests, one or many pasted ones; a phrase that is there already gets the
 * new expectation. Throws `invalid` for an agent that does not exist, `conflict` when a changed
 * phrase is that of another test, `refused` beyond the number that is kept.
 */
export const saveRoutingCases = command({
  name: 'routing_case.save',
  permission: 'routing.edit',
  input: saveRoutingCasesInput,
  // The whole table: the tests are few, and two people may paste the same phrases.
  subject: async ({ tx }) => {
    await tx.execute(sql`lock table routing_case in share row exclusive mode`)
    return { departmentId: null }
  },
  run: async ({ tx, input, now, event }) => {
    const wanted = lastOfEach(input.cases)
    await requireAgents(tx, wanted)
    const known = await knownCases(tx, wanted)
    const facts: Fact[] = []
    for (const one of wanted) {
      const before = one.id
        ? (known.find(({ id }) => id === one.id) ?? notFound('This test'))
        : known.find(({ phrase }) => phrase === one.phrase)
      if (before && before.phrase === one.phrase && before.expected === one.expected) continue
      const id = before?.id ?? newId<'routing_case'>(now.getTime())
      const { phrase, expected } = one
      const row = { phrase, expected, updatedAt: now, auditEventId: event }
      if (before) {
        await requireFree(tx, { id, phrase })
        await tx.update(routingCase).set(row).where(eq(routingCase.id, id))
      } else await tx.insert(routingCase).values({ id, ...row, createdAt: now })
      facts.push({
        action: 'routing_case.saved',
        targets: [{ t: 'routing_case', id }],
        data: { expected },
        private: { phrase },
      })
    }
    await requireRoom(tx)
    const [first, ...more] = facts
    return { value: { saved: facts.length }, fact: first ? [first, ...more] : UNCHANGED }
  },
})

/** Removes a routing test; the fact stays. */
export const removeRoutingCase = command({
  name: 'routing_case.remove',
  permission: 'routing.edit',
  input: removeRoutingCaseInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx
      .select({ id: routingCase.id })
      .from(routingCase)
      .where(eq(routingCase.id, input.caseId))
      .for('update')
    return { ...(row ?? notFound('This test')), departmentId: null }
  },
  run: async ({ tx, subject, event }) => {
    // What the guard of deleted rows looks for (drizzle/guards/tie.sql).
    await tx.execute(sql`select set_config('chancery.event', ${event}, true)`)
    await tx.delete(routingCase).where(eq(routingCase.id, subject.id))
    return {
      value: null,
      fact: {
        action: 'routing_case.removed',
        targets: [{ t: 'routing_case', id: subject.id }],
        data: {},
      },
    }
  },
})

/** A phrase that was pasted twice is meant as it stands last. */
function lastOfEach(cases: readonly Wanted[]): Wanted[] {
  return [...new Map(cases.map((one) => [one.phrase, one])).values()]
}

async function requireAgents(tx: Tx, cases: readonly Wanted[]): Promise<void> {
  const slugs = [...new Set(cases.flatMap((one) => one.expected ?? []))]
  if (slugs.length === 0) return
  const rows = await tx.select({ slug: agent.slug }).from(agent).where(inArray(agent.slug, slugs))
  const missing = slugs.find((slug) => !rows.some((row) => row.slug === slug))
  if (missing !== undefined) invalid(`There is no agent ${missing}. Nothing was saved.`)
}

async function knownCases(tx: Tx, cases: readonly Wanted[]): Promise<Known[]> {
  const { id, phrase, expected } = routingCase
  const ids = cases.flatMap((one) => one.id ?? [])
  const phrases = cases.map((one) => one.phrase)
  const columns = { id, phrase, expected }
  const found = await tx.select(columns).from(routingCase).where(inArray(phrase, phrases))
  if (ids.length === 0) return found
  return [...found, ...(await tx.select(columns).from(routingCase).where(inArray(id, ids)))]
}

async function requireFree(tx: Tx, { id, phrase }: { id: string; phrase: string }): Promise<void> {
  const rows = await tx
    .select({ id: routingCase.id })
    .from(routingCase)
    .where(and(eq(routingCase.phrase, phrase), ne(routingCase.id, id)))
  if (rows.length > 0) conflict('Another test has this request already.')
}

async function requireRoom(tx: Tx): Promise<void> {
  const [row] = await tx.select({ n: sql<number>`count(*)::int` }).from(routingCase)
  if ((row?.n ?? 0) <= MAX_ROUTING_CASES) return
  refused(`At most ${MAX_ROUTING_CASES} tests are kept. Remove some first.`)
}
