import 'server-only'
import { and, eq, like, or } from 'drizzle-orm'
import { agent, draft, importedHistory } from '@/drizzle/schema/agents'
import { department } from '@/drizzle/schema/people'
import type { Fact } from '@/lib/audit/catalogue'
import type { PersonActor } from '@/lib/auth/actor'
import { command, type Outcome, UNCHANGED } from '@/lib/command/command'
import { notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import { storableText } from '@/lib/core/storable'
import type { Tx } from '@/lib/db/transaction'
import { slugFor } from '@/lib/definition/import-path'
import type { Definition } from '@/lib/definition/model'
import { type ImportOutcome, importFileInput } from '../model'
import { type AgentRow, liveDraft } from '../queries/lock'
import { settingOf } from '../queries/setting'
import { type Assessment, assess, catalogColumns } from '../rules'
import { saveBytes } from './save-draft'
import { type Part, refreshCatalog, storeDefinition, storeRevision } from './store'

export type ImportedFile = {
  path: string
  outcome: ImportOutcome
  slug: string
  digest: string
  fate: string
  errors: number
  warnings: number
  notes: number
}

/**
 * Takes one file as it is: the bytes under their digest, an agent with a draft on them. The same
 * bytes at the same path change nothing; other bytes become the next revision of its draft.
 * Nothing is repaired and nothing is published.
 */
export const importFile = command({
  name: 'agent.import',
  permission: 'agent.import',
  input: importFileInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx
      .select({ id: department.id })
      .from(department)
      .where(eq(department.id, input.departmentId))
    if (!row) notFound('This department')
    return { departmentId: row.id }
  },
  run: async ({ tx, actor, input, now, event }) => {
    const person = personal(actor)
    const bytes = Buffer.from(input.bytes, 'base64')
    if (bytes.length > MAX_DEFINITION_BYTES) {
      refused(`${input.path} is larger than 1 MB. Split it, or remove what is not instructions.`)
    }
    const setting = await settingOf(tx, {
      departmentId: input.departmentId,
      fileName: input.path,
    })
    const assessed = assess(bytes, setting)
    const part = { tx, now, event }
    const [known] = await tx
      .select()
      .from(agent)
      .where(and(eq(agent.departmentId, input.departmentId), eq(agent.sourcePath, input.path)))
      .for('update')
    const file = { person, bytes, assessed, path: input.path }
    return known
      ? importAgain(part, { ...file, known })
      : importFirst(part, { ...file, departmentId: input.departmentId })
  },
})

function personal(actor: { kind: string }): PersonActor {
  if (actor.kind !== 'person') refused('Only a person can import. Sign in, or name one with --as.')
  return actor as PersonActor
}

async function importFirst(
  part: Part,
  file: {
    person: PersonActor
    bytes: Uint8Array
    assessed: Assessment
    path: string
    departmentId: string
  },
): Promise<Outcome<ImportedFile>> {
  const { assessed, person, path } = file
  const { definition } = assessed
  await storeDefinition(part, file.bytes, assessed)
  const agentId = newId<'agent'>(part.now.getTime())
  const draftId = newId<'draft'>(part.now.getTime())
  const slug = await freeSlug(part.tx, slugFor(definition, path))
  await part.tx.insert(agent).values({
    id: agentId,
    slug,
    sourcePath: path,
    fileName: path.split('/').at(-1) ?? `${slug}.md`,
    departmentId: file.departmentId,
    ownerId: person.id,
    sponsorId: null,
    state: 'draft',
    liveVersionId: null,
    draftId,
    ...catalogColumns(assessed, slug),
    nextReviewOn: null,
    createdAt: part.now,
    updatedAt: part.now,
    auditEventId: part.event,
  })
  const row = { id: draftId, revision: 1, digest: definition.digest, editedBy: person.id }
  await part.tx.insert(draft).values({
    ...row,
    agentId,
    baseVersionId: null,
    state: 'open',
    openedBy: person.id,
    createdAt: part.now,
    updatedAt: part.now,
    auditEventId: part.event,
  })
  await storeRevision(part, row)
  await storeHistory(part, agentId, definition)
  const fact = importFact(file.departmentId, { agentId, assessed, previous: null })
  return { value: told(path, slug, assessed, outcomeOf(assessed)), fact }
}

async function importAgain(
  part: Part,
  file: {
    known: AgentRow
    person: PersonActor
    bytes: Uint8Array
    assessed: Assessment
    path: string
  },
): Promise<Outcome<ImportedFile>> {
  const { known, person, assessed, bytes } = file
  const open = await liveDraft(part.tx, known.id)
  const current = open?.digest ?? known.digest
  if (current === assessed.definition.digest) {
    return {
      value: told(file.path, known.slug, assessed, 'unchanged'),
      fact: UNCHANGED,
    }
  }
  const facts = await saveBytes(part, {
    agent: known,
    draft: open,
    personId: person.id,
    bytes,
    assessed,
  })
  await storeHistory(part, known.id, assessed.definition)
  if (known.liveVersionId === null) await refreshCatalog(part, known, assessed)
  const fact = importFact(known.departmentId, { agentId: known.id, assessed, previous: current })
  return {
    value: told(file.path, known.slug, assessed, 'updated'),
    fact: [fact, ...facts] as const,
  }
}

function outcomeOf(assessed: Assessment): ImportOutcome {
  return assessed.findings.length > 0 ? 'imported_with_findings' : 'imported'
}

function told(
  path: string,
  slug: string,
  assessed: Assessment,
  outcome: ImportOutcome,
): ImportedFile {
  const { counts, definition } = assessed
  return {
    path,
    outcome,
    slug,
    digest: definition.digest,
    fate: definition.fate.sentence,
    errors: counts.blocking + counts.errors,
    warnings: counts.warnings,
    notes: counts.notes,
  }
}

function importFact(
  departmentId: string,
  imported: { agentId: string; assessed: Assessment; previous: string | null },
): Fact {
  const { definition, counts } = imported.assessed
  const previous = imported.previous
  const common = {
    dept: departmentId,
    targets: [{ t: 'agent' as const, id: imported.agentId, sha256: definition.digest }],
  }
  const data = {
    digest: definition.digest,
    bytes: definition.size,
    format: definition.format,
    fate: definition.fate.kind,
    errors: counts.blocking + counts.errors,
    warnings: counts.warnings,
    notes: counts.notes,
  }
  return previous === null
    ? { ...common, action: 'agent.imported', data }
    : { ...common, action: 'agent.import_repeated', data: { ...data, previous } }
}

/** History rows that the text claims; shown beside ours, never trusted. */
async function storeHistory(part: Part, agentId: string, definition: Definition): Promise<void> {
  const rows = definition.claims.historyRows.slice(0, 500)
  if (rows.length === 0) return
  await part.tx
    .insert(importedHistory)
    .values(
      rows.map((row, ordinal) => ({
        id: newId<'imported'>(part.now.getTime()),
        agentId,
        digest: definition.digest,
        ordinal,
        version: storableText(row.version),
        date: storableText(row.date),
        change: storableText(row.change),
        approvedBy: storableText(row.approvedBy),
        auditEventId: part.event,
      })),
    )
    .onConflictDoNothing()
}

/** Screens under /agents: an agent of that name would be hidden behind its screen. */
const SCREENS = ['import', 'matrix', 'new', 'reach', 'routing']

/** `slug`, or `slug-2`, `slug-3` … when it is taken. Two importers race on the unique key. */
async function freeSlug(tx: Tx, slug: string): Promise<string> {
  const taken = await tx
    .select({ slug: agent.slug })
    .from(agent)
    .where(or(eq(agent.slug, slug), like(agent.slug, `${slug}-%`)))
  const used = new Set([...SCREENS, ...taken.map((row) => row.slug)])
  if (!used.has(slug)) return slug
  let n = 2
  while (used.has(`${slug}-${n}`)) n += 1
  return `${slug}-${n}`
}
