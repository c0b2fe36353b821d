import 'server-only'
import { constants } from 'node:fs'
import { lstat, mkdir, open, rename, rmdir, unlink } from 'node:fs/promises'
import { posix } from 'node:path'
import { faultPoint } from '@/lib/core/fault'
import { sha256 } from '@/lib/core/sha256'
import { DIRECTORY_MODE, EXECUTABLE_MODE, type OverlayChange } from './model'
import { codeOf, type HeldFolder, holdFolder, ignore } from './safe-folder'
import { unwritable } from './workspace/paths.mjs'

export type Applied =
  | { kind: 'applied'; changed: number; already: number }
  /** Nothing was changed for the files named here. `sentence` says what stands in the way. */
  | { kind: 'conflict'; conflicts: { path: string; sentence: string }[] }

/** What lies at a path now. */
type Found =
  | { kind: 'nothing' }
  | { kind: 'file'; digest: string; mode: number }
  | { kind: 'folder' }
  | { kind: 'other'; sentence: string }

type Plan = { change: OverlayChange; step: 'done' | 'write' | 'remove' | 'make' | 'unmake' }

/**
 * Writes an approved change-set into the real workspace: the only code that does. Every file is
 * compared first: with the new bytes it is done already, with the base bytes it is replaced (new
 * file, fsync, rename; its mode kept), anything else is a conflict. All files are compared before
 * the first is written, so that a conflict leaves the workspace as it was; one that appears
 * meanwhile stops there, and that file is untouched. May be run again at any point. Links are never
 * followed. The caller holds the workspace's advisory lock.
 */
export async function applyChanges(
  root: string,
  changes: readonly OverlayChange[],
): Promise<Applied> {
  const leaving = new Set(changes.filter((c) => c.change === 'delete').map((c) => c.path))
  const plans: Plan[] = []
  const conflicts: { path: string; sentence: string }[] = []
  for (const change of changes) {
    const planned = await planChange(root, change, leaving)
    if (typeof planned === 'string') conflicts.push({ path: change.path, sentence: planned })
    else plans.push(planned)
  }
  if (conflicts.length > 0) return { kind: 'conflict', conflicts }
  for (const plan of inOrder(plans)) {
    const failed = await carryOut(root, plan)
    if (failed !== null) {
      return { kind: 'conflict', conflicts: [{ path: plan.change.path, sentence: failed }] }
    }
    faultPoint('run.apply.file')
  }
  const already = plans.filter((plan) => plan.step === 'done').length
  return { kind: 'applied', changed: plans.length - already, already }
}

/** Removals first and deepest first, then new folders, then contents. */
function inOrder(plans: readonly Plan[]): Plan[] {
  const byStep = (step: Plan['step']) => plans.filter((plan) => plan.step === step)
  const deepest = (a: Plan, b: Plan) => b.change.path.length - a.change.path.length
  return [
    ...byStep('remove'),
    ...byStep('unmake').sort(deepest),
    ...byStep('make'),
    ...byStep('write'),
  ]
}

async function planChange(
  root: string,
  change: OverlayChange,
  leaving: ReadonlySet<string>,
): Promise<Plan | string> {
  const reason = unwritable(change.path, new Set())
  if (reason !== null) return reason
  const found = await look(root, change.path, leaving)
  if (found.kind === 'other') return found.sentence
  if (change.mode === DIRECTORY_MODE) return planFolder(change, found)
  return planFile(change, asReplaced(found, change, leaving))
}

/** A folder that this change-set empties and removes makes room for a file of its name. */
function asReplaced(found: Found, change: OverlayChange, leaving: ReadonlySet<string>): Found {
  const gives = [...leaving].some((path) => path.startsWith(`${change.path}/`))
  return found.kind === 'folder' && gives ? { kind: 'nothing' } : found
}

function planFolder(change: OverlayChange, found: Found): Plan | string {
  if (change.change === 'delete') {
    return { change, step: found.kind === 'folder' ? 'unmake' : 'done' }
  }
  if (found.kind === 'file') return 'A file stands where a folder should be made.'
  return { change, step: found.kind === 'folder' ? 'done' : 'make' }
}

function planFile(change: OverlayChange, found: Found): Plan | string {
  if (found.kind === 'folder') return 'A folder stands where a file should be.'
  const now = found.kind === 'file' ? found.digest : null
  if (now === change.newDigest) {
    const fits = found.kind !== 'file' || isProgram(found.mode) === wantsProgram(change)
    return { change, step: fits ? 'done' : 'write' }
  }
  if (now === change.baseDigest) {
    return { change, step: change.change === 'delete' ? 'remove' : 'write' }
  }
  if (now === null) return 'The file was removed since the run began.'
  return change.baseDigest === null
    ? 'A file of this name appeared since the run began.'
    : 'The file was changed since the run began.'
}

const isProgram = (mode: number) => (mode & 0o111) !== 0
const wantsProgram = (change: OverlayChange) => change.mode === EXECUTABLE_MODE

async function look(root: string, path: string, leaving: ReadonlySet<string>): Promise<Found> {
  const answer = await holdFolder(root, posix.dirname(path), false)
  if (answer.kind === 'missing') return { kind: 'nothing' }
  if (answer.kind === 'file' && leaving.has(answer.path)) return { kind: 'nothing' }
  if (answer.kind !== 'held') {
    const what = answer.kind === 'link' ? 'a link' : 'a file'
    return {
      kind: 'other',
      sentence: `${answer.path} is ${what}, and nothing is written through it.`,
    }
  }
  try {
    return await lookAt(answer.folder, posix.basename(path))
  } finally {
    await answer.folder.close()
  }
}

async function lookAt(folder: HeldFolder, name: string): Promise<Found> {
  const stat = await lstat(folder.at(name)).catch(() => null)
  if (stat === null) return { kind: 'nothing' }
  if (stat.isDirectory()) return { kind: 'folder' }
  const other: Found = { kind: 'other', sentence: 'A link or a special file has this name.' }
  if (!stat.isFile()) return other
  const file = await open(folder.at(name), constants.O_RDONLY | constants.O_NOFOLLOW).catch(
    (error: unknown) => {
      if (codeOf(error) === 'ELOOP') return null
      throw error
    },
  )
  if (file === null) return other
  try {
    const { mode } = await file.stat()
    return { kind: 'file', digest: sha256(await file.readFile()), mode }
  } finally {
    await file.close()
  }
}

/** Does one planned step. Returns a sentence when the file changed since it was planned. */
async function carryOut(root: string, plan: Plan): Promise<string | null> {
  const { change, step } = plan
  if (step === 'done') return null
  const answer = await holdFolder(
    root,
    posix.dirname(change.path),
    step === 'write' || step === 'make',
  )
  if (answer.kind === 'missing') return null
  if (answer.kind !== 'held') return `${answer.path} is in the way.`
  const name = posix.basename(change.path)
  try {
    if (step === 'make') await mkdir(answer.folder.at(name)).catch(ignore('EEXIST'))
    // Somebody else's file keeps the folder; removing it was never part of what was approved.
    else if (step === 'unmake') {
      await rmdir(answer.folder.at(name)).catch(ignore('ENOTEMPTY', 'ENOENT', 'EEXIST'))
    } else return await replaceFile(answer.folder, name, change)
    return null
  } finally {
    await answer.folder.close()
  }
}

const NOT_A_FREE_FOLDER = ['ENOTDIR', 'ENOENT', 'ENOTEMPTY', 'EEXIST']

async function replaceFile(
  folder: HeldFolder,
  name: string,
  change: OverlayChange,
): Promise<string | null> {
  // The folder that this file replaces was emptied by the same change-set; if not, it stays.
  if (change.change !== 'delete') await rmdir(folder.at(name)).catch(ignore(...NOT_A_FREE_FOLDER))
  const now = await lookAt(folder, name)
  const digest = now.kind === 'file' ? now.digest : null
  if (now.kind === 'folder' || now.kind === 'other') return 'Something else has this name now.'
  if (digest !== change.baseDigest && digest !== change.newDigest) {
    return 'The file was changed while the change-set was being applied.'
  }
  if (change.change === 'delete') {
    await unlink(folder.at(name)).catch(ignore('ENOENT'))
  } else {
    const temporary = folder.at(`.chancery-${change.newDigest?.slice(0, 16)}.tmp`)
    await unlink(temporary).catch(ignore('ENOENT'))
    const file = await open(temporary, 'wx', 0o600)
    try {
      await file.writeFile(Buffer.from(change.content ?? '', 'base64'))
      await file.chmod(modeFor(now, change))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(temporary, folder.at(name))
  }
  await syncFolder(folder)
  return null
}

/** The mode the file had, with only the executable bit as approved. */
function modeFor(now: Found, change: OverlayChange): number {
  const had = now.kind === 'file' ? now.mode & 0o777 : 0o644
  if (!wantsProgram(change)) return had & ~0o111
  return isProgram(had) ? had : had | ((had & 0o444) >> 2)
}

async function syncFolder(folder: HeldFolder): Promise<void> {
  const handle = await open(folder.at('.'), constants.O_RDONLY)
  try {
    // A rename is on disk only when its folder is. Some systems cannot sync folders.
    await handle.sync().catch(ignore('EINVAL', 'EPERM', 'ENOTSUP'))
  } finally {
    await handle.close()
  }
}
