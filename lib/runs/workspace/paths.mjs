// @ts-check
import { posix } from 'node:path'

/**
 * Paths of the workspace as the child process and the server both judge them. Plain JavaScript,
 * because the child starts without a loader (see `child.mjs`).
 */

/** Where the copy of the workspace appears inside the workspace shell. */
export const MOUNT = '/workspace'

/** Characters that a file name may not hold: they cannot be shown, or could be shown as others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused.
const UNSHOWABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/
/** `.git` in every spelling that some file system takes for it (CVE-2014-9390, CVE-2019-1352). */
const GIT_FOLDER = /^(\.git[. ]*|git~\d+)(::.*)?$/i

/**
 * A path as a tool was given it, relative to the workspace's root: `src/a.ts`, `.` for the root
 * itself, null when it leads out. Absolute paths must lie below `/workspace`.
 * @param {string} path
 * @returns {string | null}
 */
export function workspacePath(path) {
  const absolute = posix.normalize(path.startsWith('/') ? path : posix.join(MOUNT, path))
  if (absolute === MOUNT || absolute === `${MOUNT}/`) return '.'
  return absolute.startsWith(`${MOUNT}/`)
    ? absolute.slice(MOUNT.length + 1).replace(/\/$/, '')
    : null
}

/**
 * Why nothing may be written at this relative path; null when it may.
 * @param {string} path
 * @param {ReadonlySet<string>} withheld
 * @returns {string | null}
 */
export function unwritable(path, withheld) {
  if (path === '' || path === '.') return 'The root of the workspace stays where it is.'
  if (path.length > 1024 || Buffer.byteLength(path) > 1024) return 'The path is too long.'
  if (UNSHOWABLE.test(path)) return 'The path holds characters that cannot be shown.'
  if (path.normalize('NFC') !== path) return 'The path is not in composed form (NFC).'
  const parts = path.split('/')
  for (const [index, part] of parts.entries()) {
    if (part === '' || part === '.' || part === '..') return 'The path is not in its plain form.'
    if (GIT_FOLDER.test(part)) return 'Nothing is written inside .git.'
    if (withheld.has(parts.slice(0, index + 1).join('/'))) {
      return `${parts.slice(0, index + 1).join('/')} was withheld from the copy and is not written.`
    }
  }
  return null
}
