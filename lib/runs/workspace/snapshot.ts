import 'server-only'
import { randomUUID } from 'node:crypto'
import type { Dirent } from 'node:fs'
import { constants } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  utimes,
  writeFile,
} from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { canonicalJson } from '@/lib/core/canonical-json'
import type { Digest } from '@/lib/core/digest'
import { invalid, limit } from '@/lib/core/errors'
import {
  MAX_WORKSPACE_BYTES,
  MAX_WORKSPACE_FILE_BYTES,
  MAX_WORKSPACE_FILES,
} from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import { EXECUTABLE_MODE, FILE_MODE } from '../model'
import { ignore } from '../safe-folder'
import { unwritable } from './paths.mjs'

/** Why something of the folder is not in the copy. Each is told to people and to the model. */
export const WITHHELD_BECAUSE = [
  'git',
  'link',
  'secret',
  'dependencies',
  'size',
  'kind',
  'name',
] as const
export type WithheldBecause = (typeof WITHHELD_BECAUSE)[number]

const manifestSchema = z.strictObject({
  files: z.array(
    z.strictObject({ path: z.string(), mode: z.int(), size: z.int(), digest: z.string() }),
  ),
  folders: z.array(z.string()),
  withheld: z.array(z.strictObject({ path: z.string(), because: z.enum(WITHHELD_BECAUSE) })),
})
/** What a snapshot holds, in path order. Its digest identifies the base that a run starts from. */
export type Manifest = z.infer<typeof manifestSchema>

/** Files that hold keys by convention: a run never sees them, and never writes them. */
const SECRET =
  /^(\.env(\.(?!example$|sample$|template$|dist$).*)?|.*\.(pem|key|p12|pfx|keystore)|id_(rsa|dsa|ecdsa|ed25519)|\.netrc|\.npmrc|\.pypirc|\.pgpass|\.git-credentials)$/i
const DEPENDENCIES = new Set(['node_modules', '.venv', '__pycache__'])

const GRACE_MS = 60 * 60 * 1000

type Walk = { root: string; tree: string; manifest: Manifest; bytes: number }

/**
 * Copies the regular files of a folder into `store`, under the digest of what was copied (`tree/`
 * and `manifest.json`), so that the base of a run stays the same for as long as people need to
 * decide. The same content is kept once. Links are recorded and not followed; `.git`, dependency
 * folders, key files and files over 10 MB are withheld and listed. May be run at the same time by
 * several processes and again after a crash: a snapshot appears only when complete. Throws `limit`
 * when the folder is larger than a workspace may be, `invalid` when it is no folder.
 */
export async function snapshotWorkspace(
  root: string,
  store: string,
): Promise<{ digest: Digest; manifest: Manifest }> {
  const draft = join(store, `.partial-${randomUUID()}`)
  const tree = join(draft, 'tree')
  await mkdir(tree, { recursive: true, mode: 0o700 })
  const walk: Walk = { root, tree, manifest: { files: [], folders: [], withheld: [] }, bytes: 0 }
  try {
    await copyFolder(walk, '')
    const manifest = sorted(walk.manifest)
    const text = canonicalJson(manifest)
    const digest = sha256(text)
    await writeFile(join(draft, 'manifest.json'), text, { mode: 0o400 })
    await rename(draft, snapshotFolder(store, digest)).catch(ignore('ENOTEMPTY', 'EEXIST'))
    const now = new Date()
    await utimes(snapshotFolder(store, digest), now, now)
    return { digest, manifest }
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** Where the snapshot of a digest lies. */
export function snapshotFolder(store: string, digest: string): string {
  return join(store, digest)
}

/** Reads a snapshot's manifest back. Throws `invalid` when it is missing or not the one expected. */
export async function openSnapshot(dir: string, digest: string): Promise<Manifest> {
  const text = await readFile(join(dir, 'manifest.json'), 'utf8').catch(() => null)
  if (text === null || sha256(text) !== digest) {
    invalid('The snapshot of the workspace is missing or damaged. Start the run again.')
  }
  return manifestSchema.parse(JSON.parse(text))
}

/** The folder that a child process reads: only regular files and folders. */
export function treeOf(dir: string): string {
  return join(dir, 'tree')
}

/**
 * Removes snapshots that no run needs any more, and what killed attempts left behind. Those touched
 * within the last hour stay: a run that is just beginning has not recorded its digest yet.
 */
export async function dropSnapshots(store: string, needed: ReadonlySet<string>): Promise<void> {
  const names = await readdir(store).catch((): string[] => [])
  for (const name of names) {
    if (needed.has(name)) continue
    const stat = await lstat(join(store, name)).catch(() => null)
    if (stat === null || Date.now() - stat.mtimeMs < GRACE_MS) continue
    await rm(join(store, name), { recursive: true, force: true })
  }
}

async function copyFolder(walk: Walk, folder: string): Promise<void> {
  const entries = await readdir(join(walk.root, folder), { withFileTypes: true }).catch(() =>
    invalid('The workspace folder cannot be read. Check that it exists and may be read.'),
  )
  for (const entry of entries) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    const because = withheldBecause(entry, path)
    if (because !== null) walk.manifest.withheld.push({ path, because })
    else if (entry.isDirectory()) {
      await mkdir(join(walk.tree, path), { mode: 0o700 })
      walk.manifest.folders.push(path)
      await copyFolder(walk, path)
    } else await copyOne(walk, path)
  }
}

function withheldBecause(entry: Dirent, path: string): WithheldBecause | null {
  if (/^\.git$/i.test(entry.name)) return 'git'
  if (entry.isSymbolicLink()) return 'link'
  if (!entry.isDirectory() && !entry.isFile()) return 'kind'
  if (entry.isDirectory() && DEPENDENCIES.has(entry.name)) return 'dependencies'
  if (entry.isFile() && SECRET.test(entry.name)) return 'secret'
  // A name that could not be written back cannot be changed either, so it is not shown as if.
  return unwritable(path, new Set()) === null ? null : 'name'
}

async function copyOne(walk: Walk, path: string): Promise<void> {
  // O_NOFOLLOW: the entry may have become a link since it was listed.
  const file = await open(join(walk.root, path), constants.O_RDONLY | constants.O_NOFOLLOW)
  try {
    const stat = await file.stat()
    if (!stat.isFile()) return void walk.manifest.withheld.push({ path, because: 'kind' })
    if (stat.size > MAX_WORKSPACE_FILE_BYTES) {
      return void walk.manifest.withheld.push({ path, because: 'size' })
    }
    walk.bytes += stat.size
    if (walk.bytes > MAX_WORKSPACE_BYTES || walk.manifest.files.length >= MAX_WORKSPACE_FILES) {
      limit(
        'The workspace is larger than a run may copy (200 MB, 20,000 files). Register a sub-folder.',
      )
    }
    const bytes = await file.readFile()
    const mode = (stat.mode & 0o111) === 0 ? FILE_MODE : EXECUTABLE_MODE
    const target = join(walk.tree, path)
    await mkdir(dirname(target), { recursive: true, mode: 0o700 })
    await writeFile(target, bytes, { flag: 'wx' })
    await chmod(target, mode & 0o777)
    walk.manifest.files.push({ path, mode, size: bytes.length, digest: sha256(bytes) })
  } finally {
    await file.close()
  }
}

function sorted(manifest: Manifest): Manifest {
  const byPath = (a: { path: string }, b: { path: string }) =>
    a.path < b.path ? -1 : a.path > b.path ? 1 : 0
  return {
    files: manifest.files.toSorted(byPath),
    folders: manifest.folders.toSorted(),
    withheld: manifest.withheld.toSorted(byPath),
  }
}
