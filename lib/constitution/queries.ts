import 'server-only'
import { desc, eq, inArray, lt } from 'drizzle-orm'
import { alias } from 'drizzle-orm/pg-core'
import { approval } from '@/drizzle/schema/approvals'
import { constitutionDraft, constitutionVersion } from '@/drizzle/schema/constitution'
import { person } from '@/drizzle/schema/people'
import type { Actor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { notFound } from '@/lib/core/errors'
import { db } from '@/lib/db/client'
import type { Tx } from '@/lib/db/transaction'
import { diffText } from '@/lib/definition/diff'
import type { TextDiff } from '@/lib/definition/model'
import { DEFAULT_DOCUMENT, DEFAULT_RULEBOOK } from './default-constitution'
import { parseConstitution } from './document/parse'
import type { ConstitutionContent, Rulebook } from './model'

/** Older versions that a definition may cite. */
const EARLIER = 5
/** Versions are immutable, so one that was read stays as it is; a few are kept in memory. */
const KEPT = 24
const contents = new Map<string, ConstitutionContent>()

/**
 * The rulebook in force: the newest approved one, or the one that ships with the product. One small
 * read; documents are parsed once. Index: constitution_version_ordinal.
 */
export async function currentRulebook(tx?: Tx): Promise<Rulebook> {
  const rows = await (tx ?? db())
    .select({ hash: constitutionVersion.hash, ordinal: constitutionVersion.ordinal })
    .from(constitutionVersion)
    .orderBy(desc(constitutionVersion.ordinal))
    .limit(EARLIER + 1)
  const [newest, ...older] = rows
  if (!newest) return DEFAULT_RULEBOOK
  const read: ConstitutionContent[] = []
  for (const { hash } of [newest, ...older]) read.push(await contentOf(hash, tx))
  const [content, ...earlier] = read
  if (!content) return DEFAULT_RULEBOOK
  return { content, ...newest, earlier: withShipped(earlier) }
}

function withShipped(earlier: readonly ConstitutionContent[]): readonly ConstitutionContent[] {
  return [...earlier, DEFAULT_RULEBOOK.content].slice(0, EARLIER)
}

async function contentOf(hash: string, tx?: Tx): Promise<ConstitutionContent> {
  const known = contents.get(hash)
  if (known) return known
  const [row] = await (tx ?? db())
    .select({ bytes: constitutionVersion.bytes, label: constitutionVersion.label })
    .from(constitutionVersion)
    .where(eq(constitutionVersion.hash, hash))
  const parsed = parseConstitution(row?.bytes ?? new Uint8Array())
  // It was read when it was published; a product that reads it no longer must not guess.
  if (!parsed.ok) throw new Error(`Constitution ${row?.label} cannot be read by this version.`)
  if (contents.size >= KEPT) contents.delete(contents.keys().next().value ?? '')
  contents.set(hash, parsed.content)
  return parsed.content
}

/** What a draft would be as the rulebook in force, after the one that is in force now. */
export function rulebookAfter(
  inForce: Rulebook,
  draft: { content: ConstitutionContent; hash: string },
): Rulebook {
  const { content, hash } = draft
  const earlier = [inForce.content, ...inForce.earlier].slice(0, EARLIER)
  return { content, hash, ordinal: inForce.ordinal + 1, earlier }
}

export type ConstitutionDraftRow = typeof constitutionDraft.$inferSelect
const LIVE = ['open', 'proposed'] as const

/** The one live draft, locked, or null. Index: constitution_draft_live. */
export async function lockLiveDraft(tx: Tx): Promise<ConstitutionDraftRow | null> {
  const [row] = await tx
    .select()
    .from(constitutionDraft)
    .where(inArray(constitutionDraft.state, [...LIVE]))
    .for('update')
  return row ?? null
}

/** A draft by its id, locked; throws `not_found`. */
export async function lockConstitution(tx: Tx, id: string): Promise<ConstitutionDraftRow> {
  const [row] = await tx
    .select()
    .from(constitutionDraft)
    .where(eq(constitutionDraft.id, id))
    .for('update')
  return row ?? notFound('This draft of the constitution')
}

const opener = alias(person, 'opener')

export type ConstitutionDraftView = {
  id: string
  state: (typeof LIVE)[number]
  revision: number
  hash: string
  baseHash: string
  bytes: Uint8Array
  content: ConstitutionContent
  message: string
  openedBy: { id: string; name: string }
  editedBy: { id: string; name: string }
  updatedAt: string
  approvalId: string | null
  /** Who proposed it, while it is proposed. */
  proposedBy: string | null
}

/** The live draft as screens show it, or null. Every stored draft can be read. */
export async function draftOfConstitution(tx?: Tx): Promise<ConstitutionDraftView | null> {
  const [row] = await (tx ?? db())
    .select({
      draft: constitutionDraft,
      editedBy: { id: person.id, name: person.name },
      openedBy: { id: opener.id, name: opener.name },
      proposedBy: approval.requestedBy,
    })
    .from(constitutionDraft)
    .innerJoin(person, eq(person.id, constitutionDraft.editedBy))
    .innerJoin(opener, eq(opener.id, constitutionDraft.openedBy))
    .leftJoin(approval, eq(approval.id, constitutionDraft.approvalId))
    .where(inArray(constitutionDraft.state, [...LIVE]))
  if (!row) return null
  const { draft, editedBy, openedBy, proposedBy } = row
  const parsed = parseConstitution(draft.bytes)
  if (!parsed.ok) throw new Error('The draft of the constitution cannot be read by this version.')
  const { id, revision, hash, baseHash, bytes, message, approvalId } = draft
  return {
    ...{ id, revision, hash, baseHash, bytes, message, approvalId, openedBy, editedBy, proposedBy },
    state: draft.state === 'proposed' ? 'proposed' : 'open',
    content: parsed.content,
    updatedAt: draft.updatedAt.toISOString(),
  }
}

export type ConstitutionVersionRow = {
  ordinal: number
  label: string
  hash: string
  message: string
  author: { id: string; name: string }
  approvalId: string
  publishedAt: string
  fact: string
}

const PAGE = 30

/** Versions, newest first, a page at a time. Index: constitution_version_ordinal. */
export async function constitutionVersions(
  before: number | null = null,
): Promise<{ rows: ConstitutionVersionRow[]; next: number | null }> {
  const rows = await db()
    .select({
      ordinal: constitutionVersion.ordinal,
      label: constitutionVersion.label,
      hash: constitutionVersion.hash,
      message: constitutionVersion.message,
      author: { id: person.id, name: person.name },
      approvalId: constitutionVersion.approvalId,
      publishedAt: constitutionVersion.publishedAt,
      fact: constitutionVersion.auditEventId,
    })
    .from(constitutionVersion)
    .innerJoin(person, eq(person.id, constitutionVersion.authorId))
    .where(before === null ? undefined : lt(constitutionVersion.ordinal, before))
    .orderBy(desc(constitutionVersion.ordinal))
    .limit(PAGE + 1)
  const shown = rows.slice(0, PAGE)
  return {
    rows: shown.map((row) => ({ ...row, publishedAt: row.publishedAt.toISOString() })),
    next: rows.length > PAGE ? (shown.at(-1)?.ordinal ?? null) : null,
  }
}

/** Labels that are taken, and whether any constitution was approved yet. */
export async function knownLabels(tx?: Tx): Promise<{ labels: string[]; ordinal: number }> {
  const rows = await (tx ?? db())
    .select({ label: constitutionVersion.label, ordinal: constitutionVersion.ordinal })
    .from(constitutionVersion)
    .orderBy(desc(constitutionVersion.ordinal))
  return { labels: rows.map((row) => row.label), ordinal: rows[0]?.ordinal ?? 0 }
}

export type ConstitutionDocument = { bytes: Uint8Array; hash: string; label: string }

/**
 * The exact bytes of one document: a version by its ordinal (0 is the shipped one), the draft, or
 * by default the one in force. Throws `not_found`.
 */
export async function constitutionDocument(
  which: number | 'draft' | null,
  tx?: Tx,
): Promise<ConstitutionDocument> {
  const shipped = {
    bytes: DEFAULT_DOCUMENT,
    hash: DEFAULT_RULEBOOK.hash,
    label: DEFAULT_RULEBOOK.content.label,
  }
  if (which === 0) return shipped
  if (which === 'draft') {
    const draft = (await draftOfConstitution(tx)) ?? notFound('A draft of the constitution')
    return { bytes: draft.bytes, hash: draft.hash, label: draft.content.label }
  }
  const [row] = await (tx ?? db())
    .select({
      bytes: constitutionVersion.bytes,
      hash: constitutionVersion.hash,
      label: constitutionVersion.label,
    })
    .from(constitutionVersion)
    .where(which === null ? undefined : eq(constitutionVersion.ordinal, which))
    .orderBy(desc(constitutionVersion.ordinal))
    .limit(1)
  return row ?? (which === null ? shipped : notFound('This constitution'))
}

/** The text of one document against another's; null is the one in force. */
export async function compareDocuments(
  from: number | null,
  to: number | 'draft',
): Promise<{ from: string; to: string; diff: TextDiff }> {
  const [old, now] = [await constitutionDocument(from), await constitutionDocument(to)]
  const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('utf8')
  return { from: old.label, to: now.label, diff: diffText(text(old.bytes), text(now.bytes)) }
}

/** Why a person may not edit the constitution; null when they may. The command checks it again. */
export function whyNotEditConstitution(actor: Actor): string | null {
  return can(actor, 'constitution.edit', null)
    ? null
    : 'Only an administrator or an approver of the whole organisation may change the constitution.'
}
