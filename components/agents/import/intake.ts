import type { ImportedFile } from '@/lib/agents/commands/import-file'
import { MAX_ARCHIVE_BYTES, MAX_DEFINITION_BYTES, MAX_IMPORT_FILES } from '@/lib/core/limits'
import { classifyImportPath } from '@/lib/definition/import-path'
import { isClutter, readArchive, whyNotPath } from './archive'

/**
 * One chosen file on its way in. `ready` waits to be sent, `lost` was sent without an answer and
 * can be sent again: importing is the same however often it is done.
 */
export type IntakeItem = { path: string } & (
  | { state: 'ready' | 'sending' | 'lost'; bytes: Uint8Array }
  | { state: 'done'; result: ImportedFile }
  | { state: 'skipped' | 'refused'; reason: string }
)

/** What a browser's file chooser gives; `webkitRelativePath` is set when a folder was chosen. */
export type ChosenFile = Pick<File, 'name' | 'size' | 'arrayBuffer' | 'webkitRelativePath'>

const MAX_BATCH_FILES = 20
const MAX_BATCH_BYTES = 1_500_000
const TOO_LARGE = 'It is larger than 1 MB. Split it, or remove what is not instructions.'
const IGNORED = /(?:^|\/)(?:\.git|node_modules)\//

/** What becomes of a file before it is sent: by its path and size alone. */
function judge(path: string, size: number): IntakeItem | null {
  const badPath = whyNotPath(path)
  if (badPath !== null) return { path, state: 'refused', reason: badPath }
  const kind = classifyImportPath(path)
  if (kind.kind === 'skip') return { path, state: 'skipped', reason: kind.reason }
  if (size > MAX_DEFINITION_BYTES) return { path, state: 'refused', reason: TOO_LARGE }
  return null
}

/**
 * Reads chosen files; archives among them are opened. Every file becomes an item, also one that
 * cannot be taken, so that nothing vanishes without a word. Sorted by path.
 */
export async function readChosen(files: readonly ChosenFile[]): Promise<IntakeItem[]> {
  const items: IntakeItem[] = []
  for (const file of files) {
    const path = file.webkitRelativePath || file.name
    if (isClutter(path) || IGNORED.test(path)) continue
    if (/\.zip$/i.test(path)) items.push(...(await openArchive(path, file)))
    else items.push(judge(path, file.size) ?? (await readOne(path, file)))
  }
  const sorted = items.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0))
  return sorted.map((item, index) => (index < MAX_IMPORT_FILES ? item : overLimit(item)))
}

function overLimit(item: IntakeItem): IntakeItem {
  const reason = `One import takes ${MAX_IMPORT_FILES} files. Import the rest afterwards.`
  return { path: item.path, state: 'refused', reason }
}

async function readOne(path: string, file: ChosenFile): Promise<IntakeItem> {
  try {
    return { path, state: 'ready', bytes: new Uint8Array(await file.arrayBuffer()) }
  } catch {
    return { path, state: 'refused', reason: 'The browser could not read it. Choose it again.' }
  }
}

async function openArchive(path: string, file: ChosenFile): Promise<IntakeItem[]> {
  if (file.size > MAX_ARCHIVE_BYTES) {
    return [{ path, state: 'refused', reason: 'The archive is larger than 50 MB. Split it.' }]
  }
  try {
    const entries = readArchive(new Uint8Array(await file.arrayBuffer()))
    const label = rootLabel(path, entries)
    return entries
      .filter((entry) => !IGNORED.test(entry.path))
      .map((entry): IntakeItem => {
        const inside = `${label}${entry.path}`
        if (!entry.ok) return { path: inside, state: 'refused', reason: entry.reason }
        const bytes = entry.bytes
        return judge(inside, bytes.length) ?? { path: inside, state: 'ready', bytes }
      })
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'The archive cannot be read.'
    return [{ path, state: 'refused', reason }]
  }
}

/**
 * An archive of one folder names its files as that folder does, so that importing the folder or
 * its archive finds the same agents. Loose files get the archive's name in front.
 */
function rootLabel(path: string, entries: readonly { path: string }[]): string {
  const roots = new Set(entries.map((entry) => entry.path.split('/')[0]))
  const oneFolder = roots.size === 1 && entries.every((entry) => entry.path.includes('/'))
  if (oneFolder) return ''
  return `${(path.split('/').at(-1) ?? path).replace(/\.zip$/i, '')}/`
}

/** A text that was pasted, as the file it will be; `.md` is added when the name has no ending. */
export function pastedItem(name: string, text: string): IntakeItem {
  const path = /\.[a-z0-9]{2,5}$/i.test(name) ? name : `${name}.md`
  const bytes = new TextEncoder().encode(text)
  return judge(path, bytes.length) ?? { path, state: 'ready', bytes }
}

/** Adds newly chosen items; the same path chosen again replaces what was not imported yet. */
export function addItems(known: readonly IntakeItem[], more: readonly IntakeItem[]): IntakeItem[] {
  const replaced = new Map(more.map((item) => [item.path, item]))
  const kept = known.filter((item) => !replaced.has(item.path))
  return [...kept, ...replaced.values()]
}

export type Sendable = Extract<IntakeItem, { bytes: Uint8Array }>

/** What still has to be sent, cut into batches small enough for one request each. */
export function batchesOf(items: readonly IntakeItem[]): Sendable[][] {
  const batches: Sendable[][] = []
  let room = 0
  for (const item of items) {
    if (item.state !== 'ready' && item.state !== 'lost') continue
    const last = batches.at(-1)
    if (!last || last.length >= MAX_BATCH_FILES || room < item.bytes.length) {
      batches.push([item])
      room = MAX_BATCH_BYTES - item.bytes.length
    } else {
      last.push(item)
      room -= item.bytes.length
    }
  }
  return batches
}

export type IntakeCounts = {
  ready: number
  sending: number
  lost: number
  imported: number
  unchanged: number
  skipped: number
  refused: number
  withErrors: number
}

/** The numbers of the heading. */
export function countItems(items: readonly IntakeItem[]): IntakeCounts {
  const counts: IntakeCounts = {
    ready: 0,
    sending: 0,
    lost: 0,
    imported: 0,
    unchanged: 0,
    skipped: 0,
    refused: 0,
    withErrors: 0,
  }
  for (const item of items) {
    if (item.state !== 'done') {
      counts[item.state] += 1
      continue
    }
    counts[item.result.outcome === 'unchanged' ? 'unchanged' : 'imported'] += 1
    if (item.result.errors > 0) counts.withErrors += 1
  }
  return counts
}
