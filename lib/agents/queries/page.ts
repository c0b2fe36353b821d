import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { agent, draft, proposal, version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { department, person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { notFound } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { CapabilityChange } from '@/lib/definition/model'
import { type Checked, checkOf } from './check'
import { visibleTo } from './scope'
import {
  countVersions,
  type ImportedRow,
  importedRows,
  type Signature,
  signaturesOn,
  type VersionRow,
  versionsTable,
} from './versions'

const owner = alias(person, 'owner')
const sponsor = alias(person, 'sponsor')
const editor = alias(person, 'editor')
const author = alias(person, 'author')

const FACTS = {
  id: agent.id,
  slug: agent.slug,
  title: agent.title,
  description: agent.description,
  state: agent.state,
  departmentId: agent.departmentId,
  department: department.name,
  ownerId: agent.ownerId,
  owner: owner.name,
  sponsorId: agent.sponsorId,
  sponsor: sponsor.name,
  riskTier: agent.riskTier,
  format: agent.format,
  fate: agent.fate,
  fileName: agent.fileName,
  sourcePath: agent.sourcePath,
  digest: agent.digest,
  nextReviewOn: agent.nextReviewOn,
  liveVersionId: agent.liveVersionId,
  liveNumber: version.number,
  createdAt: agent.createdAt,
}

/** What stands at the head of every page of one agent. */
export type AgentFacts = Awaited<ReturnType<typeof agentFacts>>

/** The agent by slug. Throws `not_found` also for one of a foreign department. */
export async function agentFacts(actor: Actor, slug: string) {
  const [row] = await db()
    .select(FACTS)
    .from(agent)
    .innerJoin(department, eq(department.id, agent.departmentId))
    .leftJoin(owner, eq(owner.id, agent.ownerId))
    .leftJoin(sponsor, eq(sponsor.id, agent.sponsorId))
    .leftJoin(version, eq(version.id, agent.liveVersionId))
    .where(and(visibleTo(actor), eq(agent.slug, slug)))
  if (!row) return notFound('This agent')
  return { ...row, createdAt: row.createdAt.toISOString() }
}

export type DraftView = {
  id: string
  digest: string
  revision: number
  state: 'open' | 'proposed'
  editor: string
  updatedAt: string
}

/** The live draft of an agent the caller may see, or null. Index: draft_live. */
export async function draftView(agentId: string): Promise<DraftView | null> {
  const [row] = await db()
    .select({
      id: draft.id,
      digest: draft.digest,
      revision: draft.revision,
      state: draft.state,
      editor: editor.name,
      updatedAt: draft.updatedAt,
    })
    .from(draft)
    .innerJoin(editor, eq(editor.id, draft.editedBy))
    .where(and(eq(draft.agentId, agentId), inArray(draft.state, ['open', 'proposed'])))
  if (!row) return null
  const state = row.state === 'proposed' ? 'proposed' : 'open'
  return { ...row, state, updatedAt: row.updatedAt.toISOString() }
}

export type ProposalView = {
  id: string
  number: number
  version: string
  digest: string
  approvalId: string
  message: string
  change: CapabilityChange
  authorId: string
  author: string
  quorum: number
  createdAt: string
  signatures: Signature[]
}

/** The open proposal of an agent the caller may see, or null. Index: proposal_open_per_agent. */
export async function proposalView(agentId: string): Promise<ProposalView | null> {
  const [row] = await db()
    .select({
      id: proposal.id,
      number: proposal.number,
      version: proposal.version,
      digest: proposal.digest,
      approvalId: proposal.approvalId,
      message: proposal.message,
      change: proposal.change,
      authorId: proposal.authorId,
      author: author.name,
      quorum: approval.quorum,
      createdAt: proposal.createdAt,
    })
    .from(proposal)
    .innerJoin(author, eq(author.id, proposal.authorId))
    .innerJoin(approval, eq(approval.id, proposal.approvalId))
    .where(and(eq(proposal.agentId, agentId), eq(proposal.state, 'open')))
  if (!row) return null
  return {
    ...row,
    change: row.change as CapabilityChange,
    createdAt: row.createdAt.toISOString(),
    signatures: await signaturesOn(row.approvalId),
  }
}

export type AgentPage = {
  facts: AgentFacts
  draft: DraftView | null
  proposal: ProposalView | null
  /** The verdict on the definition that speaks for the agent: the live version, else the draft. */
  check: Checked | null
  /** The verdict on a draft beside a live version; null when there is no such draft. */
  draftCheck: Checked | null
  versions: { rows: VersionRow[]; next: number | null }
  versionCount: number
  imported: ImportedRow[]
}

/** Everything of the record of one agent. Throws `not_found` when the actor may not see it. */
export async function agentPage(actor: Actor, slug: string): Promise<AgentPage> {
  const facts = await agentFacts(actor, slug)
  const [open, proposed, check, versions, versionCount, imported] = await Promise.all([
    draftView(facts.id),
    proposalView(facts.id),
    checkOf(facts.digest, facts.fileName),
    versionsTable(actor, facts.id, null),
    countVersions(facts.id),
    importedRows(actor, facts.id),
  ])
  const beside = open && facts.liveVersionId !== null && open.digest !== facts.digest
  const draftCheck = beside ? await checkOf(open.digest, facts.fileName) : null
  return {
    facts,
    draft: open,
    proposal: proposed,
    check,
    draftCheck,
    versions,
    versionCount,
    imported,
  }
}

/** The approval that a proposal of this agent waits or waited for, by the proposal's number. */
export async function approvalOfProposal(
  actor: Actor,
  slug: string,
  number: number,
): Promise<string> {
  const [row] = await db()
    .select({ approvalId: proposal.approvalId })
    .from(proposal)
    .innerJoin(agent, eq(agent.id, proposal.agentId))
    .where(and(visibleTo(actor), eq(agent.slug, slug), eq(proposal.number, number)))
  return row?.approvalId ?? notFound('This proposal')
}
