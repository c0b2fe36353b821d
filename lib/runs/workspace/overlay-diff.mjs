// @ts-check
import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { MOUNT } from './paths.mjs'

/** @import { IFileSystem } from 'just-bash' */
/** @import { OverlayChange } from '../model' */

// The same numbers as in model.ts; the answer's schema refuses any other (protocol.ts).
const FILE_MODE = 0o100644
const EXECUTABLE_MODE = 0o100755
export const DIRECTORY_MODE = 0o040000

/** @param {Uint8Array} bytes */
export const digestOf = (bytes) => createHash('sha256').update(bytes).digest('hex')
/** @param {number} mode */
const modeOf = (mode) => ((mode & 0o111) === 0 ? FILE_MODE : EXECUTABLE_MODE)

/** @typedef {{ overlay: IFileSystem, root: string }} Layers */

/**
 * Compares the overlay with the snapshot below every touched path and lists what differs, sorted by
 * path (UTF-16 code units). Contents decide, not times. Folders appear only when new and empty, or
 * removed; all others follow from their files.
 * @param {Layers} layers
 * @param {ReadonlySet<string>} touched files and folders that a mutator named
 * @param {ReadonlySet<string>} made folders that were created
 * @returns {Promise<OverlayChange[]>}
 */
export async function collectChanges(layers, touched, made) {
  const found = { files: new Set(), folders: new Set(made) }
  for (const path of touched) {
    await spread(layers.overlay, path, found)
    spreadBase(layers.root, path, found)
  }
  const changes = []
  for (const path of found.files) changes.push(await compareFile(layers, path))
  const files = changes.filter((change) => change !== null)
  // A path has one entry: where a file comes or goes, the folder of that name is implied.
  const taken = new Set(files.map((change) => change.path))
  const folders = []
  for (const path of found.folders) {
    if (!taken.has(path)) folders.push(await compareFolder(layers, path))
  }
  return [...files, ...folders]
    .filter((change) => change !== null)
    .sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
}

/** @typedef {{ files: Set<string>, folders: Set<string> }} Found */

/**
 * @param {IFileSystem} overlay
 * @param {string} path
 * @param {Found} found
 */
async function spread(overlay, path, found) {
  const full = posix.join(MOUNT, path)
  const stat = await overlay.lstat(full).catch(() => null)
  if (stat?.isFile) found.files.add(path)
  if (!stat?.isDirectory) return
  found.folders.add(path)
  for (const name of await overlay.readdir(full)) {
    await spread(overlay, posix.join(path, name), found)
  }
}

/**
 * @param {string} root
 * @param {string} path
 * @param {Found} found
 */
function spreadBase(root, path, found) {
  const stat = statOf(join(root, path))
  if (stat?.isFile()) found.files.add(path)
  if (!stat?.isDirectory()) return
  found.folders.add(path)
  for (const name of readdirSync(join(root, path))) spreadBase(root, posix.join(path, name), found)
}

/**
 * @param {Layers} layers
 * @param {string} path
 * @returns {Promise<OverlayChange | null>}
 */
async function compareFile({ overlay, root }, path) {
  const full = posix.join(MOUNT, path)
  const base = baseOf(join(root, path))
  const stat = await overlay.lstat(full).catch(() => null)
  if (!stat?.isFile) {
    if (base === null) return null
    const { digest: baseDigest, mode } = base
    return { path, change: 'delete', mode, baseDigest, newDigest: null, content: null }
  }
  const bytes = await overlay.readFileBuffer(full)
  const newDigest = digestOf(bytes)
  const mode = modeOf(stat.mode)
  if (base !== null && base.digest === newDigest && base.mode === mode) return null
  return {
    path,
    change: base === null ? 'create' : 'modify',
    mode,
    baseDigest: base?.digest ?? null,
    newDigest,
    content: Buffer.from(bytes).toString('base64'),
  }
}

/**
 * @param {Layers} layers
 * @param {string} path
 * @returns {Promise<OverlayChange | null>}
 */
async function compareFolder({ overlay, root }, path) {
  const full = posix.join(MOUNT, path)
  const before = statOf(join(root, path))?.isDirectory() === true
  const stat = await overlay.lstat(full).catch(() => null)
  const now = stat?.isDirectory === true
  if (before === now) return null
  if (now && (await overlay.readdir(full)).length > 0) return null
  const change = /** @type {'create' | 'delete'} */ (now ? 'create' : 'delete')
  return { path, change, mode: DIRECTORY_MODE, baseDigest: null, newDigest: null, content: null }
}

/** @param {string} full */
function baseOf(full) {
  const stat = statOf(full)
  return stat?.isFile() ? { digest: digestOf(readFileSync(full)), mode: modeOf(stat.mode) } : null
}

/** Nothing there, or a file where a folder would have to be. @param {string} full */
function statOf(full) {
  try {
    return lstatSync(full, { throwIfNoEntry: false })
  } catch {
    return undefined
  }
}
