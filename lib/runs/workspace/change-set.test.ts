import { describe, expect, test } from 'vitest'
import { sha256 } from '@/lib/core/sha256'
import { DIRECTORY_MODE, FILE_MODE, type FileChange, type OverlayChange } from '../model'
import { changeSetDigest, commandDigest, verifyChanges } from './change-set'
import { lineCounts } from './line-counts'
import type { Manifest } from './snapshot'

const base = sha256('base')
const change = (path: string, more: Partial<OverlayChange> = {}): OverlayChange => ({
  path,
  change: 'create',
  mode: FILE_MODE,
  baseDigest: null,
  newDigest: sha256('new'),
  content: Buffer.from('new').toString('base64'),
  ...more,
})
const MANIFEST: Manifest = {
  files: [{ path: 'known.txt', mode: FILE_MODE, size: 4, digest: base }],
  folders: [],
  withheld: [{ path: '.env', because: 'secret' }],
}

describe('the digest of a change-set', () => {
  test('does not depend on the order of the list', () => {
    const [a, b] = [change('a'), change('b')]
    expect(changeSetDigest([a, b])).toBe(changeSetDigest([b, a]))
  })

  test.each<[string, Partial<FileChange>]>([
    ['path', { path: 'other' }],
    ['kind', { change: 'modify' }],
    ['mode', { mode: 0o100755 }],
    ['base', { baseDigest: base }],
    ['content', { newDigest: base }],
  ])('changes with the %s of a file', (_what, more) => {
    expect(changeSetDigest([{ ...change('a'), ...more }])).not.toBe(changeSetDigest([change('a')]))
  })

  test('changes with the commands, their order and every byte of them', () => {
    const add = { argv: ['git', 'add'], cwd: '.', stdin: null }
    const push = { argv: ['git', 'push'], cwd: '.', stdin: null }
    const all = [[], [add], [add, push], [push, add], [{ ...add, cwd: 'src' }]]
    expect(new Set(all.map((list) => changeSetDigest([], list))).size).toBe(all.length)
  })

  test('tells composed and decomposed text of a command apart', () => {
    const [nfc, nfd] = ['\u00e9', 'e\u0301'].map((text) =>
      commandDigest({ argv: ['git', 'commit', '-m', text], cwd: '.', stdin: null }),
    )
    expect(nfc).not.toBe(nfd)
  })

  test('is refused for a path that canonical JSON would change', () => {
    expect(() => changeSetDigest([change('e\u0301.txt')])).toThrow('composed form')
  })
})

describe('a list of changes from a child process', () => {
  test('is accepted when it is what it says', () => {
    const known = change('known.txt', { change: 'modify', baseDigest: base })
    const gone = change('known.txt', {
      ...{ change: 'delete', baseDigest: base, newDigest: null, content: null },
    })
    const folder = { mode: DIRECTORY_MODE, newDigest: null, content: null }
    expect(() => verifyChanges([known, change('new.txt')], MANIFEST)).not.toThrow()
    expect(() => verifyChanges([gone, change('empty', folder)], MANIFEST)).not.toThrow()
  })

  test.each<[string, OverlayChange[]]>([
    ['a path out of the workspace', [change('../x')]],
    ['an absolute path', [change('/etc/x')]],
    ['a path in .git', [change('.git/hooks/x')]],
    ['a withheld path', [change('.env')]],
    ['something below a withheld path', [change('.env/x')]],
    ['one path twice', [change('a'), change('a')]],
    ['content that does not match its digest', [change('a', { content: 'eA==' })]],
    ['no content', [change('a', { content: null })]],
    [
      'a base that is not the snapshot’s',
      [change('known.txt', { change: 'modify', baseDigest: sha256('x') })],
    ],
    ['a new file over a known one', [change('known.txt')]],
    ['a deletion with content', [change('known.txt', { change: 'delete', baseDigest: base })]],
    ['a modification of nothing', [change('a', { change: 'modify' })]],
  ])('is refused with %s', (_what, changes) => {
    expect(() => verifyChanges(changes, MANIFEST)).toThrow()
  })
})

test('changed lines are counted; bytes that are no text count as none', () => {
  const bytes = (text: string) => Buffer.from(text)
  expect(lineCounts(null, bytes('a\nb\n'))).toEqual({ added: 2, removed: 0 })
  expect(lineCounts(bytes('a\nb\nc\n'), bytes('a\nx\nc\n'))).toEqual({ added: 1, removed: 1 })
  expect(lineCounts(bytes('a\n'), null)).toEqual({ added: 0, removed: 1 })
  expect(lineCounts(Buffer.from([0, 1]), bytes('a\n'))).toEqual({ added: 0, removed: 0 })
})
