import 'server-only'
import { and, eq, inArray } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { agent, draft, proposal, version } from '@/drizzle/schema/agents'
import { approval } from '@/drizzle/schema/approvals'
import { department, person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { notFound } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'
import type { CapabilityChange } from '@/lib/definition/model'
import { parseDefinition } from '@/lib/definition/parse'
import { compareDefinitions, nextVersion } from '@/lib/definition/widening'
import { type Checked, checkOf, storedBytes } from './check'
import { knownVersions } from './lock'
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
  editorId: string
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
      editorId: draft.editedBy,
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
  /** Size in bytes of that definition. */
  size: number
  /** The draft against the live version: what it would change; null when there is no draft. */
  pending: PendingChange | null
  versions: { rows: VersionRow[]; next: number | null }
  versionCount: number
  imported: ImportedRow[]
}

/** `check` is null for an agent without a live version: its draft is what `AgentPage.check` is of. */
export type PendingChange = { number: string; change: CapabilityChange; check: Checked | null }

/** Everything of the record of one agent. Throws `not_found` when the actor may not see it. */
export async function agentPage(actor: Actor, slug: string): Promise<AgentPage> {
  const facts = await agentFacts(actor, slug)
  const [open, proposed, check, bytes, versions, versionCount, imported] = await Promise.all([
    draftView(facts.id),
    proposalView(facts.id),
    checkOf(facts.digest, facts),
    storedBytes(facts.digest),
    versionsTable(actor, facts.id, null),
    countVersions(facts.id),
    importedRows(actor, facts.id),
  ])
  const pending = open ? await pendingChange(facts, open, bytes) : null
  const size = bytes?.length ?? 0
  const about = { facts, draft: open, proposal: proposed, check, size, pending }
  return { ...about, versions, versionCount, imported }
}

/** What proposing the draft now would say; the same functions as the proposal itself. */
async function pendingChange(
  facts: AgentFacts,
  open: DraftView,
  current: Uint8Array | null,
): Promise<PendingChange | null> {
  const live = facts.liveVersionId !== null
  const bytes = live ? await storedBytes(open.digest) : current
  if (bytes === null || (live && current === null)) return null
  const path = { path: facts.fileName }
  const before = live && current ? parseDefinition(current, path) : null
  const change = compareDefinitions(before, parseDefinition(bytes, path))
  const known = await transaction((tx) => knownVersions(tx, facts.id), { readOnly: true })
  const numbers = known.published.map((one) => one.number)
  return {
    number: nextVersion(numbers, known.claimed, change.bump),
    change,
    check: live ? await checkOf(open.digest, facts) : null,
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
