import 'server-only'
import { and, eq } from 'drizzle-orm'
import { blob, runOverlay } from '@/drizzle/schema/runs'
import type { FileChange, OverlayChange } from '../model'
import type { MovePart } from './commit'

/**
 * Brings the stored overlay of a run from `before` to `after`: new bytes under their digest, changed
 * rows replaced, and a path that is as in the snapshot again marked so (rows are never lost).
 */
export async function saveOverlay(
  part: MovePart,
  before: readonly FileChange[],
  after: readonly OverlayChange[],
): Promise<void> {
  const known = new Map(before.map((change) => [change.path, identity(change)]))
  const kept = new Set(after.map((change) => change.path))
  for (const change of after) {
    if (known.get(change.path) === identity(change)) continue
    if (change.newDigest !== null && change.content !== null) {
      await keepBytes(part, change.newDigest, Buffer.from(change.content, 'base64'))
    }
    await saveRow(part, change)
  }
  for (const { path } of before) {
    if (kept.has(path)) continue
    await part.tx
      .update(runOverlay)
      .set({ change: 'none', auditEventId: part.event })
      .where(and(eq(runOverlay.runId, part.run.id), eq(runOverlay.path, path)))
  }
}

async function saveRow(part: MovePart, change: FileChange): Promise<void> {
  const { change: kind, mode, baseDigest, newDigest } = change
  const row = { change: kind, mode, baseDigest, newDigest, auditEventId: part.event }
  await part.tx
    .insert(runOverlay)
    .values({ runId: part.run.id, path: change.path, ...row })
    .onConflictDoUpdate({ target: [runOverlay.runId, runOverlay.path], set: row })
}

/** Keeps bytes under their SHA-256, once. */
export async function keepBytes(part: MovePart, digest: string, bytes: Uint8Array): Promise<void> {
  await part.tx
    .insert(blob)
    .values({ digest, bytes, auditEventId: part.event })
    .onConflictDoNothing()
}

function identity({ change, mode, baseDigest, newDigest }: FileChange): string {
  return JSON.stringify([change, mode, baseDigest, newDigest])
}
