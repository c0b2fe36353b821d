import 'server-only'
import { and, eq, gt, ne, sql } from 'drizzle-orm'
import { agent } from '@/drizzle/schema/agents'
import { department } from '@/drizzle/schema/people'
import { eligiblePeople } from '@/lib/approvals/queries'
import { plainItem, ruleFor } from '@/lib/approvals/rules'
import type { PersonActor } from '@/lib/auth/actor'
import {
  type ConstitutionChange,
  changesBetween,
  whyNotProposable,
} from '@/lib/constitution/change'
import {
  approvalRules,
  CHECKER_VERSION,
  type ConstitutionContent,
  type Rulebook,
} from '@/lib/constitution/model'
import {
  type ConstitutionDraftView,
  currentRulebook,
  draftOfConstitution,
  knownLabels,
  whyNotEditConstitution,
} from '@/lib/constitution/queries'
import { db } from '@/lib/db/client'
import { type Tx, transaction } from '@/lib/db/transaction'
import { visibleTo } from './scope'

/** The draft as pages show it; plain JSON, so that a form can hold it. */
export type DraftFacts = Omit<ConstitutionDraftView, 'bytes' | 'content'> & {
  label: string
  changes: ConstitutionChange[]
  /** Why it may not be proposed as it is. */
  whyNot: string[]
  mayWithdraw: boolean
}

/** What every page of the constitution shows: one content, and where it stands. */
export type ConstitutionView = {
  /** Which one is shown. */
  of: 'force' | 'draft'
  content: ConstitutionContent
  inForce: { label: string; hash: string; ordinal: number }
  draft: DraftFacts | null
  /** Null when the reader may edit. */
  whyNotEdit: string | null
}

/** The constitution in force, or its draft when that is asked for and there is one. */
export async function constitutionView(
  actor: PersonActor,
  asked: { draft: boolean },
): Promise<ConstitutionView> {
  const rulebook = await currentRulebook()
  const draft = await draftOfConstitution()
  const of = asked.draft && draft ? 'draft' : 'force'
  return {
    of,
    content: of === 'draft' && draft ? draft.content : rulebook.content,
    inForce: { label: rulebook.content.label, hash: rulebook.hash, ordinal: rulebook.ordinal },
    draft: draft ? await factsOf(draft, rulebook, actor) : null,
    whyNotEdit: whyNotEditConstitution(actor),
  }
}

async function factsOf(
  view: ConstitutionDraftView,
  rulebook: Rulebook,
  actor: PersonActor,
): Promise<DraftFacts> {
  const { bytes: _, content, ...draft } = view
  const { labels } = await knownLabels()
  const standing = { content: rulebook.content, shipped: rulebook.ordinal === 0, labels }
  const proposedByReader = draft.proposedBy === actor.id
  const administers = actor.grants.some(
    (grant) => grant.role === 'administrator' && grant.departmentId === null,
  )
  return {
    ...draft,
    label: content.label,
    changes: changesBetween(rulebook.content, content),
    whyNot: whyNotProposable(standing, content),
    mayWithdraw: draft.state === 'proposed' && (proposedByReader || administers),
  }
}

/** How many must agree to a change of the constitution, and who could besides its writers. */
export async function whoMustAgree(
  actor: PersonActor,
  draft: Pick<DraftFacts, 'openedBy' | 'editedBy' | 'changes' | 'proposedBy'> | null,
): Promise<{ quorum: number; people: { id: string; name: string }[] }> {
  const rulebook = await currentRulebook()
  const loosens = draft?.changes.some((one) => one.loosens) ?? false
  const item = { ...plainItem('constitution', 'high'), loosens }
  const { quorum } = ruleFor(approvalRules(rulebook), item)
  // Until somebody has proposed it, the reader may be the one who does.
  const proposer = draft?.proposedBy ?? actor.id
  const writers = draft ? [proposer, draft.openedBy.id, draft.editedBy.id] : [proposer]
  const people = await transaction((tx: Tx) => eligiblePeople(tx, null, writers), {
    readOnly: true,
  })
  return { quorum, people: people.map(({ id, name }) => ({ id, name })) }
}

/** How many agents have a finding of each rule now. Index: none; one pass over the visible agents. */
export async function ruleCounts(actor: PersonActor): Promise<Map<string, number>> {
  const rows = db()
    .select({ rule: sql<string>`unnest(${agent.rules})`.as('rule'), id: agent.id })
    .from(agent)
    .where(and(ne(agent.state, 'retired'), visibleTo(actor)))
    .as('found')
  const counts = await db()
    .select({ rule: rows.rule, agents: sql<number>`count(*)::int` })
    .from(rows)
    .groupBy(rows.rule)
  return new Map(counts.map((row) => [row.rule, row.agents]))
}

/** How many agents have a finding that serves each principle now. Index: definition_check_key. */
export async function principleCounts(actor: PersonActor): Promise<Map<string, number>> {
  const { hash } = await currentRulebook()
  const rows = await db().execute<{ slug: string; agents: number }>(sql`
    select f ->> 'principle' as slug, count(distinct ${agent.id})::int as agents
    from ${agent} join definition_check c on c.digest = ${agent.digest}
      and c.constitution_hash = ${hash} and c.checker_version = ${CHECKER_VERSION},
      lateral jsonb_array_elements(c.findings) f
    where ${agent.state} <> 'retired' and f ->> 'principle' is not null and ${visibleTo(actor)}
    group by 1`)
  return new Map(rows.map((row) => [row.slug, row.agents]))
}

export type FailingAgent = { slug: string; department: string; errors: number; rules: string[] }

/** Published agents that fail under the rulebook in force: those to certify again. */
export async function failingAgents(
  actor: PersonActor,
  limit: number,
): Promise<{ count: number; first: FailingAgent[] }> {
  const failing = and(eq(agent.state, 'active'), gt(agent.errors, 0), visibleTo(actor))
  const [total] = await db()
    .select({ count: sql<number>`count(*)::int` })
    .from(agent)
    .where(failing)
  const first = await db()
    .select({
      slug: agent.slug,
      department: department.name,
      errors: agent.errors,
      rules: agent.rules,
    })
    .from(agent)
    .innerJoin(department, eq(department.id, agent.departmentId))
    .where(failing)
    .orderBy(sql`${agent.riskRank} desc`, agent.slug)
    .limit(limit)
  return { count: total?.count ?? 0, first }
}
