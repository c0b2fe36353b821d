import 'server-only'
import { eligiblePeople } from '@/lib/approvals/queries'
import type { PersonActor } from '@/lib/auth/actor'
import { can, rolesWith } from '@/lib/auth/permissions'
import { notFound } from '@/lib/core/errors'
import { transaction } from '@/lib/db/transaction'
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
  live: { number: string; digest: string; bytes: string } | null
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
        approvers: await eligiblePeople(tx, facts.departmentId, writers(actor, facts, open)),
      }),
      { readOnly: true },
    ),
  ])
  const { published, claimed } = around.numbers
  const liveRow = published.find((one) => one.id === facts.liveVersionId)
  const liveBytes = liveRow ? await base64Of(liveRow.digest) : null
  return {
    facts,
    draft: open,
    bytes: open ? await base64Of(open.digest) : (liveBytes ?? (await base64Of(facts.digest))),
    live:
      liveRow && liveBytes !== null
        ? { number: liveRow.number, digest: liveRow.digest, bytes: liveBytes }
        : null,
    proposal: proposed,
    numbers: { published: published.map((one) => one.number), claimed },
    approvers: around.approvers.map((one) => one.name),
    whyNotEdit: whyNotEdit(actor, facts),
  }
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
