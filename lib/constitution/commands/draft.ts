import 'server-only'
import { eq } from 'drizzle-orm'
import { z } from 'zod'
import { constitutionDraft } from '@/drizzle/schema/constitution'
import { command, type Outcome, UNCHANGED } from '@/lib/command/command'
import { conflict, invalid, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import type { Tx } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { nextLabel } from '../change'
import { label, PARTS } from '../document/data'
import { importConstitution as readImport } from '../document/import'
import { parseConstitution } from '../document/parse'
import { replaceData } from '../document/render'
import {
  type ConstitutionDraftRow,
  constitutionDocument,
  currentRulebook,
  lockConstitution,
  lockLiveDraft,
} from '../queries'

/** Bytes travel to an action as base64, because text would lose what is not UTF-8. */
const base64Bytes = z.base64().max(Math.ceil(MAX_DEFINITION_BYTES / 3) * 4 + 4)
/** The revision that the editor started from; another one is a conflict that loses nothing. */
const revision = z.int().min(0)

type Part = { tx: Tx; now: Date; event: string }
type Saved = { draftId: string; revision: number; hash: string; notes: string[] }

/** The whole installation: only a role held everywhere reaches the constitution. */
const EVERYWHERE = { departmentId: null }
const ONLY_A_PERSON = 'Only a person can change the constitution.'

/** Opens a draft on the rulebook in force, under its next label, or hands back the open one. */
export const openConstitutionDraft = command({
  name: 'constitution.open_draft',
  permission: 'constitution.edit',
  input: z.strictObject({}),
  subject: async () => EVERYWHERE,
  run: async ({ tx, actor, now, event }) => {
    if (actor.kind !== 'person') refused(ONLY_A_PERSON)
    const open = await lockLiveDraft(tx)
    if (open) return { value: savedOf(open), fact: UNCHANGED }
    const { content } = await currentRulebook(tx)
    const inForce = await constitutionDocument(null, tx)
    const bytes = replaceData(inForce.bytes, { ...content, label: nextLabel(content.label) })
    return startDraft({ tx, now, event }, { bytes, base: inForce.hash, personId: actor.id })
  },
})

/** Saves the whole document. It must read as a constitution; the problems come with their lines. */
export const saveConstitutionDraft = command({
  name: 'constitution.save_draft',
  permission: 'constitution.edit',
  input: z.strictObject({ draftId: z.uuid(), revision, bytes: base64Bytes }),
  subject: async ({ tx, input }) => ({
    ...EVERYWHERE,
    draft: await lockConstitution(tx, input.draftId),
  }),
  run: async ({ tx, actor, input, subject, now, event }) => {
    if (actor.kind !== 'person') refused(ONLY_A_PERSON)
    const bytes = Buffer.from(input.bytes, 'base64')
    const edit = { draft: subject.draft, revision: input.revision, bytes, personId: actor.id }
    return save({ tx, now, event }, edit)
  },
})

/** Saves some of the data from a form. The prose of the document stays byte for byte. */
export const saveConstitutionData = command({
  name: 'constitution.save_data',
  permission: 'constitution.edit',
  input: z.strictObject({
    draftId: z.uuid(),
    revision,
    data: z.strictObject({ label, ...PARTS }).partial(),
  }),
  subject: async ({ tx, input }) => ({
    ...EVERYWHERE,
    draft: await lockConstitution(tx, input.draftId),
  }),
  run: async ({ tx, actor, input, subject, now, event }) => {
    if (actor.kind !== 'person') refused(ONLY_A_PERSON)
    const { draft } = subject
    const parsed = parseConstitution(draft.bytes)
    if (!parsed.ok) conflict('The document cannot be read any more. Edit it as text.')
    const given = Object.entries(input.data).filter(([, value]) => value !== undefined)
    const content = { ...parsed.content, ...Object.fromEntries(given) }
    const bytes = replaceData(draft.bytes, content)
    const edit = { draft, revision: input.revision, bytes, personId: actor.id }
    return save({ tx, now, event }, edit)
  },
})

/**
 * Takes a file as the draft: opens one, or puts the file into the one that is open. Answers with
 * sentences on what was recognised and what was taken over from the rulebook in force.
 */
export const importConstitution = command({
  name: 'constitution.import',
  permission: 'constitution.edit',
  input: z.strictObject({
    bytes: base64Bytes,
    /** The open draft that this replaces, as the screen showed it; null when there was none. */
    draft: z.strictObject({ draftId: z.uuid(), revision }).nullable(),
  }),
  subject: async () => EVERYWHERE,
  run: async ({ tx, actor, input, now, event }) => {
    if (actor.kind !== 'person') refused(ONLY_A_PERSON)
    const { content, hash } = await currentRulebook(tx)
    const read = readImport(Buffer.from(input.bytes, 'base64'), content)
    if (!read.ok) return unreadable(read.problems)
    const { bytes, notes } = read
    const part = { tx, now, event }
    const open = await lockLiveDraft(tx)
    if (open === null && input.draft === null) {
      return startDraft(part, { bytes, base: hash, personId: actor.id, notes })
    }
    if (open === null || input.draft?.draftId !== open.id) {
      conflict('Another draft was opened or closed meanwhile. Look at it, then import again.')
    }
    const edit = { draft: open, revision: input.draft.revision, bytes, personId: actor.id, notes }
    return save(part, edit)
  },
})

/** Closes the draft without effect. What was proposed must be withdrawn first. */
export const discardConstitutionDraft = command({
  name: 'constitution.discard_draft',
  permission: 'constitution.edit',
  input: z.strictObject({ draftId: z.uuid(), revision }),
  subject: async ({ tx, input }) => ({
    ...EVERYWHERE,
    draft: await lockConstitution(tx, input.draftId),
  }),
  run: async ({ tx, input, subject, now, event }) => {
    const { draft } = subject
    refuseUnlessOpen(draft)
    if (draft.revision !== input.revision) {
      conflict('Someone saved this draft after you opened it. Look at it before you discard it.')
    }
    await tx
      .update(constitutionDraft)
      .set({ state: 'discarded', updatedAt: now, auditEventId: event })
      .where(eq(constitutionDraft.id, draft.id))
    return {
      value: savedOf(draft),
      fact: {
        action: 'constitution.draft_discarded',
        targets: [{ t: 'constitution', id: draft.id, sha256: draft.hash }],
        data: { revision: draft.revision, hash: draft.hash },
      },
    }
  },
})

function savedOf(row: { id: string; revision: number; hash: string }, notes: string[] = []): Saved {
  return { draftId: row.id, revision: row.revision, hash: row.hash, notes }
}

function refuseUnlessOpen(draft: ConstitutionDraftRow): void {
  if (draft.state === 'proposed') {
    conflict('This draft is up for approval. Withdraw it before you change it.')
  }
  if (draft.state !== 'open') conflict('This draft is closed. Open a new one.')
}

function unreadable(problems: readonly { message: string; line: number }[]): never {
  const fields = Object.fromEntries(problems.map((one) => [`line ${one.line}`, one.message]))
  const [first] = problems
  return invalid(
    `The document cannot be read as a constitution. Line ${first?.line ?? 1}: ${first?.message ?? ''}`,
    fields,
  )
}

async function startDraft(
  part: Part,
  given: { bytes: Uint8Array; base: string; personId: string; notes?: string[] },
): Promise<Outcome<Saved>> {
  const { bytes, base, personId } = given
  const row = { id: newId<'constitution'>(part.now.getTime()), revision: 1, hash: sha256(bytes) }
  const made = await part.tx
    .insert(constitutionDraft)
    .values({
      ...row,
      baseHash: base,
      bytes,
      state: 'open',
      message: '',
      openedBy: personId,
      editedBy: personId,
      createdAt: part.now,
      updatedAt: part.now,
      auditEventId: part.event,
    })
    .onConflictDoNothing()
    .returning({ id: constitutionDraft.id })
  if (made.length === 0) conflict('Somebody else opened a draft at this moment. Look at it.')
  await enqueuePreview(part)
  return {
    value: savedOf(row, given.notes),
    fact: {
      action: 'constitution.draft_opened',
      targets: [{ t: 'constitution', id: row.id, sha256: row.hash }],
      data: { base, hash: row.hash },
    },
  }
}

async function save(
  part: Part,
  edit: {
    draft: ConstitutionDraftRow
    revision: number
    bytes: Uint8Array
    personId: string
    notes?: string[]
  },
): Promise<Outcome<Saved>> {
  const { draft, bytes } = edit
  refuseUnlessOpen(draft)
  if (bytes.length > MAX_DEFINITION_BYTES) refused('The document is larger than 1 MB. Shorten it.')
  const hash = sha256(bytes)
  if (hash === draft.hash) return { value: savedOf(draft, edit.notes), fact: UNCHANGED }
  if (edit.revision !== draft.revision) {
    conflict(
      'Someone saved this draft after you opened it. What you wrote is kept; compare the two.',
      {
        revision: draft.revision,
        hash: draft.hash,
      },
    )
  }
  const parsed = parseConstitution(bytes)
  if (!parsed.ok) unreadable(parsed.problems)
  const row = { id: draft.id, revision: draft.revision + 1, hash }
  await part.tx
    .update(constitutionDraft)
    .set({
      ...{ revision: row.revision, hash, bytes },
      editedBy: edit.personId,
      updatedAt: part.now,
      auditEventId: part.event,
    })
    .where(eq(constitutionDraft.id, draft.id))
  await enqueuePreview(part)
  return {
    value: savedOf(row, edit.notes),
    fact: {
      action: 'constitution.draft_saved',
      targets: [{ t: 'constitution', id: row.id, sha256: hash }],
      data: { revision: row.revision, previous: draft.hash, hash },
    },
  }
}

/** What the draft would do to the catalog is worked out while people go on writing. */
const PREVIEW_DELAY_MS = 2_000
async function enqueuePreview(part: Part): Promise<void> {
  const runAt = new Date(part.now.getTime() + PREVIEW_DELAY_MS)
  await enqueue(part.tx, { task: 'catalog.check', payload: {}, key: 'catalog.check.draft', runAt })
}
