import { Inflate } from 'fflate'
import { MAX_ARCHIVE_BYTES, MAX_DEFINITION_BYTES, MAX_IMPORT_FILES, MB } from '@/lib/core/limits'

/** One file of an archive, exactly as it was packed, or why it was not taken. */
export type ArchiveEntry =
  | { path: string; ok: true; bytes: Uint8Array }
  | { path: string; ok: false; reason: string }

const END = 0x06054b50
const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const SYMLINK = 0o120000
const STORED = 0
const DEFLATED = 8
/** Compressed input is fed in pieces of this size, so that a bomb is noticed after a few. */
const PIECE = 16_384

type Entry = {
  path: string
  flags: number
  method: number
  crc: number
  packed: number
  size: number
  mode: number
  offset: number
}

/**
 * The files of a ZIP archive (PKWARE APPNOTE 6.3), read from its central directory. Nothing is
 * written anywhere: a path is only a name. Refused one by one, each with its sentence: paths that
 * leave the archive, links, encrypted or damaged entries, files over 1 MB, and everything after
 * 50 MB unpacked. Throws a plain `Error` with a sentence when the archive as a whole cannot be read.
 */
export function readArchive(archive: Uint8Array): ArchiveEntry[] {
  if (archive.length > MAX_ARCHIVE_BYTES) {
    throw new Error(`The archive is larger than ${MAX_ARCHIVE_BYTES / MB} MB. Split it.`)
  }
  let left = MAX_ARCHIVE_BYTES
  const found: ArchiveEntry[] = []
  for (const entry of directoryOf(archive)) {
    if (entry.path.endsWith('/') || isClutter(entry.path)) continue
    if (found.length >= MAX_IMPORT_FILES) {
      throw new Error(`The archive has more than ${MAX_IMPORT_FILES} files. Split it.`)
    }
    const read = readEntry(archive, entry, left)
    if (read.ok) left -= read.bytes.length
    found.push(read)
  }
  return found
}

/** What systems add by themselves and nobody means to import. */
export function isClutter(path: string): boolean {
  return (
    path.startsWith('__MACOSX/') || /(?:^|\/)(?:\.DS_Store|Thumbs\.db|desktop\.ini)$/.test(path)
  )
}

/** Why a name cannot be a place inside the imported folder; null when it can. */
export function whyNotPath(path: string): string | null {
  const parts = path.split('/')
  if (path.startsWith('/') || /^[A-Za-z]:/.test(path)) return 'Its path is absolute. Pack it again.'
  if (parts.includes('..')) return 'Its path leads out of the folder. Pack it again.'
  // biome-ignore lint/suspicious/noControlCharactersInRegex: exactly these are refused
  if (/[\u0000-\u001f]/.test(path)) return 'Its path has control characters. Rename it.'
  if (path.length > 1_000) return 'Its path is longer than 1,000 characters. Shorten it.'
  return null
}

function directoryOf(archive: Uint8Array): Entry[] {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  let end = archive.length - 22
  while (end >= 0 && view.getUint32(end, true) !== END) end -= 1
  if (end < 0) throw new Error('This is not a ZIP archive, or its end is missing.')
  const count = view.getUint16(end + 10, true)
  let at = view.getUint32(end + 16, true)
  if (count === 0xffff || at === 0xffffffff) {
    throw new Error('This archive is in ZIP64 format. Pack fewer files.')
  }
  const entries: Entry[] = []
  for (let index = 0; index < count; index++) {
    if (at + 46 > archive.length || view.getUint32(at, true) !== CENTRAL) {
      throw new Error('The list of files in the archive is damaged. Pack it again.')
    }
    const name = archive.subarray(at + 46, at + 46 + view.getUint16(at + 28, true))
    entries.push({
      path: nameOf(name),
      flags: view.getUint16(at + 8, true),
      method: view.getUint16(at + 10, true),
      crc: view.getUint32(at + 16, true),
      packed: view.getUint32(at + 20, true),
      size: view.getUint32(at + 24, true),
      mode: view.getUint32(at + 38, true) >>> 16,
      offset: view.getUint32(at + 42, true),
    })
    at += 46 + name.length + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
  }
  return entries
}

/** UTF-8 where it is valid (flagged or not), else byte by byte; Windows tools write backslashes. */
function nameOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes).replaceAll('\\', '/')
  } catch {
    return new TextDecoder('latin1').decode(bytes).replaceAll('\\', '/')
  }
}

function readEntry(archive: Uint8Array, entry: Entry, left: number): ArchiveEntry {
  const { path } = entry
  const refuse = (reason: string): ArchiveEntry => ({ path, ok: false, reason })
  const badPath = whyNotPath(path)
  if (badPath !== null) return refuse(badPath)
  if ((entry.flags & 1) !== 0) return refuse('It is encrypted. Pack it without a password.')
  if ((entry.mode & 0o170000) === SYMLINK) return refuse('It is a link, not a file.')
  const limit = Math.min(MAX_DEFINITION_BYTES, left)
  const tooLarge =
    left < MAX_DEFINITION_BYTES
      ? `The archive unpacks to more than ${MAX_ARCHIVE_BYTES / MB} MB. Split it.`
      : 'It is larger than 1 MB. Split it, or remove what is not instructions.'
  if (entry.size > limit) return refuse(tooLarge)
  const packed = packedBytes(archive, entry)
  if (packed === null) return refuse('It is damaged in the archive. Pack it again.')
  if (entry.method !== STORED && entry.method !== DEFLATED) {
    return refuse('It is packed in a way that cannot be read. Use plain ZIP.')
  }
  const bytes = entry.method === STORED ? packed.slice() : inflate(packed, limit)
  if (bytes === 'too large') return refuse(tooLarge)
  if (bytes === null || bytes.length !== entry.size || crc32(bytes) !== entry.crc) {
    return refuse('It is damaged in the archive. Pack it again.')
  }
  return { path, ok: true, bytes }
}

function packedBytes(archive: Uint8Array, entry: Entry): Uint8Array | null {
  const view = new DataView(archive.buffer, archive.byteOffset, archive.byteLength)
  const { offset } = entry
  if (offset + 30 > archive.length || view.getUint32(offset, true) !== LOCAL) return null
  const start = offset + 30 + view.getUint16(offset + 26, true) + view.getUint16(offset + 28, true)
  const end = start + entry.packed
  return end > archive.length ? null : archive.subarray(start, end)
}

function inflate(packed: Uint8Array, limit: number): Uint8Array | 'too large' | null {
  const pieces: Uint8Array[] = []
  let total = 0
  const stream = new Inflate((piece) => {
    pieces.push(piece)
    total += piece.length
  })
  try {
    for (let at = 0; at < packed.length || at === 0; at += PIECE) {
      stream.push(packed.subarray(at, at + PIECE), at + PIECE >= packed.length)
      if (total > limit) return 'too large'
    }
  } catch {
    return null
  }
  const bytes = new Uint8Array(total)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.length
  }
  return bytes
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (crc >>> 8) ^ (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0)
  return (crc ^ 0xffffffff) >>> 0
}
