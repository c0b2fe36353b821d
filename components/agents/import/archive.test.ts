import { strToU8, zipSync, zlibSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import { type ArchiveEntry, readArchive } from './archive'

const CENTRAL = 0x02014b50

/** Changes one field of the central directory entry of `name`. */
function tamper(zip: Uint8Array, name: string, change: (view: DataView, at: number) => void) {
  const copy = zip.slice()
  const view = new DataView(copy.buffer)
  for (let at = 0; at < copy.length - 46; at++) {
    if (view.getUint32(at, true) !== CENTRAL) continue
    const length = view.getUint16(at + 28, true)
    const found = new TextDecoder().decode(copy.subarray(at + 46, at + 46 + length))
    if (found === name) change(view, at)
  }
  return copy
}

const reasons = (entries: ArchiveEntry[]) =>
  Object.fromEntries(entries.map((entry) => [entry.path, entry.ok ? 'ok' : entry.reason]))

describe('an archive for import', () => {
  test('gives every file byte for byte, stored or deflated, and leaves out folders and clutter', () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, i) => (i * 31 + (i >> 7)) & 0xff)
    const zip = zipSync({
      'team/a.md': strToU8('---\r\nname: a\r\n---\r\n'),
      'team/b.bin': bytes,
      'team/stored.md': [strToU8('plain'), { level: 0 }],
      'team/データ.md': strToU8('\ufeffx'),
      'team/empty.md': new Uint8Array(0),
      'team/': new Uint8Array(0),
      '__MACOSX/team/._a.md': strToU8('x'),
      'team/.DS_Store': strToU8('x'),
    })
    const files = new Map(
      readArchive(zip).map((entry) => [entry.path, entry.ok ? entry.bytes : null]),
    )
    expect([...files.keys()].sort()).toEqual(
      ['team/a.md', 'team/b.bin', 'team/empty.md', 'team/stored.md', 'team/データ.md'].sort(),
    )
    expect(files.get('team/b.bin')).toEqual(bytes)
    expect(files.get('team/a.md')).toEqual(strToU8('---\r\nname: a\r\n---\r\n'))
    expect(files.get('team/データ.md')).toEqual(strToU8('\ufeffx'))
    expect(files.get('team/empty.md')).toEqual(new Uint8Array(0))
  })

  test('refuses a path that leaves the folder and still reads the others', () => {
    const zip = zipSync({
      '../evil.md': strToU8('x'),
      '/etc/passwd.md': strToU8('x'),
      'C:/x.md': strToU8('x'),
      'a/../../b.md': strToU8('x'),
      'a\\..\\c.md': strToU8('x'),
      'fine.md': strToU8('x'),
    })
    const told = reasons(readArchive(zip))
    expect(told['fine.md']).toBe('ok')
    expect(Object.values(told).filter((reason) => reason !== 'ok')).toHaveLength(5)
    expect(told['a/../c.md']).toMatch(/leads out of the folder/)
  })

  test('stops a bomb at 1 MB even when it says that it is small', () => {
    const zip = zipSync({
      'bomb.md': new Uint8Array(40 * MAX_DEFINITION_BYTES),
      'a.md': strToU8('x'),
    })
    expect(reasons(readArchive(zip))['bomb.md']).toMatch(/larger than 1 MB/)
    const lying = tamper(zip, 'bomb.md', (view, at) => view.setUint32(at + 24, 10, true))
    expect(reasons(readArchive(lying))).toEqual({
      'bomb.md': expect.stringMatching(/larger than 1 MB/),
      'a.md': 'ok',
    })
  })

  test('takes no more than 50 MB in total, and names what was left out', () => {
    const noise = new Uint8Array(1_000_000).fill(7)
    const zip = zipSync(
      Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}.md`, noise])),
    )
    const told = Object.values(reasons(readArchive(zip)))
    expect(told.filter((reason) => reason === 'ok')).toHaveLength(52)
    expect(told.filter((reason) => /more than 50 MB/.test(reason))).toHaveLength(8)
  })

  test('refuses what is encrypted, a link, damaged, or not what it says it is', () => {
    const zip = zipSync({
      'secret.md': strToU8('a'),
      'link.md': strToU8('../../etc/passwd'),
      'crc.md': strToU8('b'),
      'short.md': strToU8('long enough to deflate, long enough to deflate'),
      'method.md': strToU8('c'),
      'gone.md': strToU8('d'),
    })
    let bad = tamper(zip, 'secret.md', (view, at) => view.setUint16(at + 8, 1, true))
    bad = tamper(bad, 'link.md', (view, at) => view.setUint32(at + 38, 0o120777 << 16, true))
    bad = tamper(bad, 'crc.md', (view, at) => view.setUint32(at + 16, 1, true))
    bad = tamper(bad, 'short.md', (view, at) => view.setUint32(at + 24, 4, true))
    bad = tamper(bad, 'method.md', (view, at) => view.setUint16(at + 10, 12, true))
    bad = tamper(bad, 'gone.md', (view, at) => view.setUint32(at + 42, 0xfffffff0, true))
    expect(reasons(readArchive(bad))).toEqual({
      'secret.md': expect.stringMatching(/encrypted/),
      'link.md': expect.stringMatching(/link/),
      'crc.md': expect.stringMatching(/damaged/),
      'short.md': expect.stringMatching(/damaged/),
      'method.md': expect.stringMatching(/plain ZIP/),
      'gone.md': expect.stringMatching(/damaged/),
    })
  })

  test('says in a sentence that a file is no archive', () => {
    expect(() => readArchive(zlibSync(strToU8('x')))).toThrow(/not a ZIP archive/)
    expect(() => readArchive(new Uint8Array(0))).toThrow(/not a ZIP archive/)
    const zip = zipSync({ 'a.md': strToU8('x') })
    expect(() => readArchive(zip.subarray(0, zip.length - 4))).toThrow(/not a ZIP archive/)
  })
})
