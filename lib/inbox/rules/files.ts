import { scanText } from '@/lib/core/text-safety'
import { diffText } from '@/lib/definition/diff'
import { DIRECTORY_MODE, EXECUTABLE_MODE, type FileChange } from '@/lib/runs/model'
import type { ChangedFile } from '../model'

/** One file of a change-set as its row keeps it. */
export type StoredFile = FileChange & { added: number; removed: number }

/** More than this nobody reads in one go; a larger change-set can only be denied. */
const MAX_FILES = 300
const MAX_LINES = 20_000
/** Characters of all texts together, before and after. */
const MAX_TEXT = 4_000_000

/** Why the change-set as a whole is too large to be read; null when it is not. */
export function whyUnreadable(files: readonly StoredFile[]): string | null {
  const lines = files.reduce((sum, file) => sum + file.added + file.removed, 0)
  if (files.length <= MAX_FILES && lines <= MAX_LINES) return null
  return 'This is more than a person can read. Deny it and ask for smaller steps.'
}

/**
 * Each file with its difference. What cannot be shown as text says why in `note` and has no `diff`:
 * then the change-set cannot be approved, because nobody would have seen what they sign.
 */
export function filesOf(
  files: readonly StoredFile[],
  bytes: ReadonlyMap<string, Uint8Array>,
  unreadable: string | null,
): ChangedFile[] {
  let left = MAX_TEXT
  return files.map((file) => {
    const base = {
      path: Buffer.from(file.path).toString(),
      change: file.change,
      executable: file.mode === EXECUTABLE_MODE,
      added: file.added,
      removed: file.removed,
    }
    const nothing = { ...base, diff: null, hidden: 0 }
    if (unreadable !== null) return { ...nothing, note: unreadable }
    if (file.mode === DIRECTORY_MODE) return { ...nothing, note: null }
    const before = textOf(file.baseDigest, bytes)
    const after = textOf(file.newDigest, bytes)
    if (before === null || after === null) return { ...nothing, note: 'This is not text.' }
    left -= before.length + after.length
    if (left < 0) return { ...nothing, note: 'The texts together are too long to be read.' }
    return { ...base, diff: diffText(before, after), note: null, hidden: scanText(after).length }
  })
}

/** The text under a digest, "" for no file; null when it is not text or no longer kept. */
function textOf(digest: string | null, bytes: ReadonlyMap<string, Uint8Array>): string | null {
  if (digest === null) return ''
  const found = bytes.get(digest)
  if (found === undefined || found.includes(0)) return null
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(found)
  } catch {
    return null
  }
}
