import { canonicalJson } from '@/lib/core/canonical-json'
import type { Digest } from '@/lib/core/digest'
import { refused } from '@/lib/core/errors'
import { MAX_OVERLAY_BYTES, MAX_OVERLAY_FILES } from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import { DIRECTORY_MODE, type FileChange, type GatedCommand, type OverlayChange } from '../model'
import { unwritable } from './paths.mjs'
import type { Manifest } from './snapshot'

/**
 * The digest that an approver signs: SHA-256 over canonical JSON (RFC 8785) of the changes in path
 * order (UTF-16 code units) and of the operations in the order in which they are performed.
 * Contents count through their own digests. Throws `invalid` for a path that is not in NFC, since
 * canonical JSON would make two such paths one.
 */
export function changeSetDigest(
  changes: readonly FileChange[],
  operations: readonly GatedCommand[] = [],
): Digest {
  const files = [...changes]
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
    .map(({ path, change, mode, baseDigest, newDigest }) => {
      if (path.normalize('NFC') !== path) refused(`${path} is not in composed form (NFC).`)
      return { path, change, mode, baseDigest, newDigest }
    })
  return sha256(canonicalJson({ files, operations: operations.map(commandDigest) }))
}

/**
 * What makes two gated commands the same: arguments, folder and input, byte for byte. Arguments may
 * hold any text, so they count by this digest and not in canonical JSON's normalised form.
 */
export function commandDigest({ argv, cwd, stdin }: GatedCommand): Digest {
  return sha256(JSON.stringify([argv, cwd, stdin]))
}

/**
 * Checks a change list that came out of a child process: plain unique paths inside the workspace,
 * nothing withheld, contents that match their digests, bases that match the snapshot, all within
 * the caps. The child interpreted hostile text, so this is the check that counts. Throws `refused`.
 */
export function verifyChanges(changes: readonly OverlayChange[], manifest: Manifest): void {
  const withheld = new Set(manifest.withheld.map((entry) => entry.path))
  const base = new Map(manifest.files.map((file) => [file.path, file.digest]))
  if (changes.length > MAX_OVERLAY_FILES) refused('The run changes more files than one may hold.')
  const seen = new Set<string>()
  let bytes = 0
  for (const change of changes) {
    const reason = unwritable(change.path, withheld)
    if (reason !== null) refused(`${change.path}: ${reason}`)
    if (seen.has(change.path)) refused(`${change.path} is listed twice.`)
    seen.add(change.path)
    bytes += verifyContent(change)
    const before = base.get(change.path) ?? null
    if (change.mode !== DIRECTORY_MODE && change.baseDigest !== before) {
      refused(`${change.path} does not start from the snapshot.`)
    }
  }
  if (bytes > MAX_OVERLAY_BYTES) refused('The run changes more bytes than one change-set may hold.')
}

function verifyContent(change: OverlayChange): number {
  const empty = change.change === 'delete' || change.mode === DIRECTORY_MODE
  if (empty) {
    if (change.newDigest !== null || change.content !== null) refused(`${change.path} has bytes.`)
    return 0
  }
  if (change.content === null) refused(`${change.path} has no bytes.`)
  const content = Buffer.from(change.content, 'base64')
  if (sha256(content) !== change.newDigest) refused(`${change.path} does not match its digest.`)
  if ((change.change === 'create') !== (change.baseDigest === null)) {
    refused(`${change.path} says ${change.change} of a file that tells otherwise.`)
  }
  return content.length
}
