import 'server-only'
import { constants } from 'node:fs'
import { type FileHandle, lstat, mkdir, open, realpath } from 'node:fs/promises'
import { join } from 'node:path'

/** A folder held open: `at(name)` is a path that stays inside it, whatever is swapped meanwhile. */
export type HeldFolder = { at: (name: string) => string; close: () => Promise<void> }
export type FolderAnswer =
  | { kind: 'held'; folder: HeldFolder }
  /** A part of the path is missing, a file, or a link; `path` is relative to the root. */
  | { kind: Stopped; path: string }
type Stopped = 'missing' | 'file' | 'link'

const AS_FOLDER = constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW

/**
 * Opens a folder below `root` one component at a time and never through a link. On Linux each step
 * goes through the descriptor of the step before (`/proc/self/fd`), so that a folder that is
 * exchanged for a link between check and use is not followed; elsewhere the resolved path is
 * compared before use. With `create` missing folders are made.
 */
export async function holdFolder(
  root: string,
  path: string,
  create: boolean,
): Promise<FolderAnswer> {
  const walk: Walk = { at: await realpath(root), held: null }
  try {
    walk.held = await open(walk.at, AS_FOLDER)
    const parts = path === '.' || path === '' ? [] : path.split('/')
    for (const [index, part] of parts.entries()) {
      const stopped = await step(walk, part, create)
      if (stopped !== null) return { kind: stopped, path: parts.slice(0, index + 1).join('/') }
    }
    if (process.platform !== 'linux' && (await realpath(walk.at)) !== walk.at) {
      return { kind: 'link', path }
    }
    const folder = walk.held
    const address = addressOf(folder, walk.at)
    // From here on the caller closes it.
    walk.held = null
    return {
      kind: 'held',
      folder: { at: (name) => join(address, name), close: () => folder.close() },
    }
  } finally {
    await walk.held?.close()
  }
}

type Walk = { at: string; held: FileHandle | null }

async function step(walk: Walk, part: string, create: boolean): Promise<Stopped | null> {
  if (walk.held === null) return 'missing'
  const next = await openStep(join(addressOf(walk.held, walk.at), part), create)
  if (typeof next === 'string') return next
  await walk.held.close()
  walk.held = next
  walk.at = join(walk.at, part)
  return null
}

function addressOf(held: FileHandle, path: string): string {
  return process.platform === 'linux' ? `/proc/self/fd/${held.fd}` : path
}

async function openStep(path: string, create: boolean): Promise<FileHandle | Stopped> {
  const stat = await lstat(path).catch(() => null)
  if (stat === null) {
    if (!create) return 'missing'
    await mkdir(path, { mode: 0o755 }).catch(ignore('EEXIST'))
  } else if (stat.isSymbolicLink()) return 'link'
  else if (!stat.isDirectory()) return 'file'
  return open(path, AS_FOLDER).catch((error: unknown) => {
    if (codeOf(error) === 'ELOOP' || codeOf(error) === 'ENOTDIR') return 'link' as const
    if (codeOf(error) === 'ENOENT') return 'missing' as const
    throw error
  })
}

/** The `code` of a system error, or null. */
export function codeOf(error: unknown): string | null {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : null
}

/** A catch handler that lets the named system errors pass and throws every other. */
export function ignore(...codes: string[]): (error: unknown) => void {
  return (error) => {
    if (!codes.includes(codeOf(error) ?? '')) throw error
  }
}
