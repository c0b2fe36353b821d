import 'server-only'
import { and, eq } from 'drizzle-orm'
import { draft, draftRevision } from '@/drizzle/schema/agents'
import { eligiblePeople } from '@/lib/approvals/queries'
import type { PersonActor } from '@/lib/auth/actor'
import { can, rolesWith } from '@/lib/auth/permissions'
import { conflict, notFound } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import { type Tx, transaction } from '@/lib/db/transaction'
import { storedBytes } from './check'
import { knownVersions } from './lock'
import {
  type AgentFacts,
  agentFacts,
  type DraftView,
  draftView,
  type ProposalView,
  proposalView,
} from './page'

export type EditorDraft = {
  facts: AgentFacts
  /** Null when an active agent has no draft open: `openDraft` makes one. */
  draft: DraftView | null
  /** The bytes to edit: the draft's, else the live version's. Base64, because text would lose some. */
  bytes: string
  /** The live version to compare with; null before the first one. */
  live: { id: string; number: string; digest: string; bytes: string } | null
  /** The version that the draft was opened from, when another one went live since. */
  outdated: { number: string; bytes: string } | null
  proposal: ProposalView | null
  /** For the next number: published ones, and those that imported histories claim. */
  numbers: { published: string[]; claimed: string[] }
  /** People who may agree to a change that the reader proposes. */
  approvers: string[]
  /** Why the reader may not edit, as a sentence; null when they may. */
  whyNotEdit: string | null
}

/** Everything the editor of one agent starts with. Throws `not_found` like `agentFacts`. */
export async function draftForEditor(actor: PersonActor, slug: string): Promise<EditorDraft> {
  const facts = await agentFacts(actor, slug)
  const open = await draftView(facts.id)
  const [proposed, around] = await Promise.all([
    proposalView(facts.id),
    transaction(
      async (tx) => ({
        numbers: await knownVersions(tx, facts.id),
        baseId: await baseOf(tx, open),
        approvers: await eligiblePeople(tx, facts.departmentId, writers(actor, facts, open)),
      }),
      { readOnly: true },
    ),
  ])
  const { published, claimed } = around.numbers
  const liveRow = published.find((one) => one.id === facts.liveVersionId)
  const base = published.find((one) => one.id === around.baseId && one.id !== liveRow?.id)
  const liveBytes = liveRow ? await base64Of(liveRow.digest) : null
  return {
    facts,
    draft: open,
    bytes: open ? await base64Of(open.digest) : (liveBytes ?? (await base64Of(facts.digest))),
    live:
      liveRow && liveBytes !== null
        ? { id: liveRow.id, number: liveRow.number, digest: liveRow.digest, bytes: liveBytes }
        : null,
    outdated: base && liveRow ? { number: base.number, bytes: await base64Of(base.digest) } : null,
    proposal: proposed,
    numbers: { published: published.map((one) => one.number), claimed },
    approvers: around.approvers.map((one) => one.name),
    whyNotEdit: whyNotEdit(actor, facts),
  }
}

/** The version that a draft was opened from, or last merged with. */
async function baseOf(tx: Tx, open: DraftView | null): Promise<string | null> {
  if (open === null) return null
  const [row] = await tx
    .select({ id: draft.baseVersionId })
    .from(draft)
    .where(eq(draft.id, open.id))
  return row?.id ?? null
}

/** Nobody decides on what they wrote: the last editor, and the reader if they are an author too. */
function writers(actor: PersonActor, facts: AgentFacts, open: DraftView | null): string[] {
  const reader = whyNotEdit(actor, facts) === null ? [actor.id] : []
  return [...reader, ...(open ? [open.editorId] : [])]
}

async function base64Of(digest: string): Promise<string> {
  const bytes = (await storedBytes(digest)) ?? notFound('This definition')
  return Buffer.from(bytes).toString('base64')
}

/** Why a person may not edit this agent's draft; null when they may. The command checks it again. */
export function whyNotEdit(
  actor: PersonActor,
  facts: Pick<AgentFacts, 'state' | 'slug' | 'departmentId' | 'department'>,
): string | null {
  if (facts.state === 'retired') return `${facts.slug} is retired and cannot be edited.`
  if (can(actor, 'draft.edit', facts.departmentId)) return null
  return `Only an ${rolesWith('draft.edit').join(' or ')} of ${facts.department} may edit this. You can read it.`
}

/** What another editor is told after a conflict. Bytes as base64. */
export type StoredDraft = {
  revision: number
  bytes: string
  editor: string
  savedAt: string
  /** What the asked revision of the same draft held; null where there is none. */
  base: string | null
}

/** The live draft as it is stored, and one of its revisions. Index: draft_revision_key. */
export async function storedDraft(
  actor: PersonActor,
  slug: string,
  revision: number | null,
): Promise<StoredDraft> {
  const facts = await agentFacts(actor, slug)
  const open = await draftView(facts.id)
  if (!open) return conflict('This draft is closed. Open a new one from the agent page.')
  const [earlier] =
    revision === null
      ? []
      : await db()
          .select({ digest: draftRevision.digest })
          .from(draftRevision)
          .where(and(eq(draftRevision.draftId, open.id), eq(draftRevision.revision, revision)))
  return {
    revision: open.revision,
    bytes: await base64Of(open.digest),
    editor: open.editor,
    savedAt: open.updatedAt,
    base: earlier ? await base64Of(earlier.digest) : null,
  }
}
