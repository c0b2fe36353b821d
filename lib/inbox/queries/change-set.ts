import 'server-only'
import { eq, inArray } from 'drizzle-orm'
import { blob, changeSet } from '@/drizzle/schema/runs'
import { notFound } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { filesOf, type StoredFile, whyUnreadable } from '../rules/files'
import { gatedLine } from '../rules/payload'
import type { ItemHead, SubjectReading } from './item'
import { gatedOf, modelWords, runFacts } from './run'

/** A change-set as it is put before people: each file against its base, then the commands. */
export async function changeSetSubject(tx: Tx, head: ItemHead): Promise<SubjectReading> {
  const [row] = await tx
    .select({
      files: changeSet.files,
      operations: changeSet.operations,
      error: changeSet.error,
      runId: changeSet.runId,
    })
    .from(changeSet)
    .where(eq(changeSet.id, head.subjectId))
  if (!row) return notFound('This change-set')
  const stored = row.files as StoredFile[]
  const facts = await runFacts(tx, row.runId)
  const explanation = await modelWords(tx, row.runId, null)
  const unreadable = whyUnreadable(stored)
  const bytes = unreadable === null ? await readBlobs(tx, stored) : new Map<string, Uint8Array>()
  return {
    barred: new Map([[facts.startedBy.id, 'starter']]),
    build: async () => {
      const files = filesOf(stored, bytes, unreadable)
      const notShown = files.find((file) => file.diff === null && file.note !== null)
      return {
        kind: 'change_set',
        run: facts,
        files,
        added: stored.reduce((sum, file) => sum + file.added, 0),
        removed: stored.reduce((sum, file) => sum + file.removed, 0),
        operations: gatedOf(row.operations).map(gatedLine),
        incomplete:
          unreadable ?? (notShown ? `${notShown.path}: ${notShown.note ?? ''}`.trim() : null),
        error: row.error,
        explanation,
      }
    },
  }
}

async function readBlobs(tx: Tx, files: readonly StoredFile[]): Promise<Map<string, Uint8Array>> {
  const digests = files.flatMap((file) => [file.baseDigest ?? [], file.newDigest ?? []].flat())
  if (digests.length === 0) return new Map()
  const rows = await tx
    .select({ digest: blob.digest, bytes: blob.bytes })
    .from(blob)
    .where(inArray(blob.digest, [...new Set(digests)]))
  return new Map(rows.map((row) => [row.digest, row.bytes]))
}
