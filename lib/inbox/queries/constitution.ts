import 'server-only'
import { eq } from 'drizzle-orm'
import { constitutionDraft } from '@/drizzle/schema/constitution'
import { cutImpact, previewOf } from '@/lib/agents/queries/constitution-impact'
import { bytesOf } from '@/lib/agents/queries/lock'
import { WORKER } from '@/lib/auth/actor'
import { changesBetween } from '@/lib/constitution/change'
import { parseConstitution } from '@/lib/constitution/document/parse'
import type { ConstitutionContent } from '@/lib/constitution/model'
import { currentRulebook } from '@/lib/constitution/queries'
import { notFound } from '@/lib/core/errors'
import { scanText } from '@/lib/core/text-safety'
import type { Tx } from '@/lib/db/transaction'
import { diffText } from '@/lib/definition/diff'
import type { ConstitutionSubject, Standing } from '../model'
import type { ItemHead, SubjectReading } from './item'

/** Agents named in the item; the page of the draft lists them all. */
const NAMED = 50

/**
 * A constitution as it is put before people: what changes in words, which agents would newly fail
 * and pass, and the text against the one it started from. Both documents are kept under their
 * hashes, so an item that was settled long ago still shows what was decided about.
 */
export async function constitutionSubject(tx: Tx, head: ItemHead): Promise<SubjectReading> {
  const [row] = await tx
    .select()
    .from(constitutionDraft)
    .where(eq(constitutionDraft.id, head.subjectId))
  if (!row) notFound('This draft of the constitution')
  const before = await bytesOf(tx, row.baseHash)
  const after = await bytesOf(tx, head.digest)
  const barred = new Map<string, Standing['barred']>([
    [row.openedBy, 'author'],
    [row.editedBy, 'last editor'],
    [head.requestedBy, 'author'],
  ])
  const given = { baseHash: row.baseHash, message: row.message, before, after }
  return { build: () => build(head, given), barred }
}

type Given = { baseHash: string; message: string; before: Uint8Array; after: Uint8Array }

async function build(head: ItemHead, given: Given): Promise<ConstitutionSubject> {
  const { baseHash, message } = given
  const [before, after] = [contentOf(given.before), contentOf(given.after)]
  const open = head.state === 'open'
  const inForce = await currentRulebook()
  const [old, text] = [textOf(given.before), textOf(given.after)]
  return {
    kind: 'constitution',
    author: { id: head.requestedBy, name: head.askedByName },
    message,
    before: { label: before.label, hash: baseHash },
    after: { label: after.label, hash: head.digest },
    changes: changesBetween(before, after),
    // Everybody who decides on a constitution sees every agent, so the whole catalog is told.
    impact: open
      ? cutImpact(await previewOf({ content: after, hash: head.digest }, { actor: WORKER }), NAMED)
      : null,
    diff: diffText(old, text),
    hidden: scanText(text).length,
    outdated: open && inForce.hash !== baseHash,
  }
}

function contentOf(bytes: Uint8Array): ConstitutionContent {
  const parsed = parseConstitution(bytes)
  if (!parsed.ok) throw new Error('A constitution that was proposed cannot be read any more.')
  return parsed.content
}

const textOf = (bytes: Uint8Array) => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)
