import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sha256 } from '@/lib/core/sha256'
import { applyChanges } from './applier'
import { DIRECTORY_MODE, EXECUTABLE_MODE, FILE_MODE, type OverlayChange } from './model'

let folder: string
let root: string
const at = (path: string) => join(root, path)
const read = (path: string) => readFileSync(at(path), 'utf8')

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-apply-'))
  root = join(folder, 'workspace')
  mkdirSync(at('src'), { recursive: true })
  writeFileSync(at('a.txt'), 'old a\n')
  writeFileSync(at('src/b.txt'), 'old b\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function change(path: string, before: string | null, after: string | null): OverlayChange {
  return {
    path,
    change: before === null ? 'create' : after === null ? 'delete' : 'modify',
    mode: FILE_MODE,
    baseDigest: before === null ? null : sha256(before),
    newDigest: after === null ? null : sha256(after),
    content: after === null ? null : Buffer.from(after).toString('base64'),
  }
}
const folderChange = (path: string, kind: 'create' | 'delete'): OverlayChange => ({
  path,
  change: kind,
  mode: DIRECTORY_MODE,
  baseDigest: null,
  newDigest: null,
  content: null,
})

const FOUR = [
  change('a.txt', 'old a\n', 'new a\n'),
  change('src/b.txt', 'old b\n', null),
  change('src/new/c.txt', null, 'c\n'),
  change('d.txt', null, 'd\n'),
]

describe('applying a change-set', () => {
  test('creates, changes and deletes', async () => {
    expect(await applyChanges(root, FOUR)).toEqual({ kind: 'applied', changed: 4, already: 0 })
    expect(read('a.txt')).toBe('new a\n')
    expect(read('src/new/c.txt')).toBe('c\n')
    expect(existsSync(at('src/b.txt'))).toBe(false)
  })

  test('done twice, changes nothing the second time', async () => {
    await applyChanges(root, FOUR)
    const before = statSync(at('a.txt')).mtimeMs
    expect(await applyChanges(root, FOUR)).toEqual({ kind: 'applied', changed: 0, already: 4 })
    expect(statSync(at('a.txt')).mtimeMs).toBe(before)
  })

  test('goes on from any point at which it was interrupted', async () => {
    for (let first = 0; first < FOUR.length; first++) {
      await applyChanges(root, FOUR.slice(0, first))
      expect(await applyChanges(root, FOUR)).toMatchObject({ kind: 'applied' })
      expect([read('a.txt'), read('d.txt')]).toEqual(['new a\n', 'd\n'])
    }
  })

  test.each([
    ['a file that was edited', () => writeFileSync(at('a.txt'), 'theirs\n'), 'a.txt'],
    ['a file that was removed', () => rmSync(at('a.txt')), 'a.txt'],
    ['a file that appeared', () => writeFileSync(at('d.txt'), 'theirs\n'), 'd.txt'],
    ['a deletion of an edited file', () => writeFileSync(at('src/b.txt'), 'theirs\n'), 'src/b.txt'],
    ['a folder in a file’s place', () => mkdirSync(at('d.txt')), 'd.txt'],
  ])('%s is a conflict, and no file at all is changed', async (_name, disturb, path) => {
    disturb()
    const before = new Map(['a.txt', 'src/b.txt', 'd.txt'].map((p) => [p, content(p)]))
    const result = await applyChanges(root, FOUR)
    expect(result).toMatchObject({ kind: 'conflict', conflicts: [{ path }] })
    for (const [p, was] of before) expect(content(p)).toBe(was)
    expect(existsSync(at('src/new'))).toBe(false)
  })

  test('leaves no temporary file behind, also not one of a killed attempt', async () => {
    const newDigest = FOUR[0]?.newDigest ?? ''
    writeFileSync(at(`.chancery-${newDigest.slice(0, 16)}.tmp`), 'half')
    await applyChanges(root, FOUR)
    expect(readdirSync(root).filter((name) => name.startsWith('.chancery'))).toEqual([])
  })

  test('keeps the mode of a file and changes only the executable bit', async () => {
    chmodSync(at('a.txt'), 0o640)
    await applyChanges(root, [change('a.txt', 'old a\n', 'new a\n')])
    expect(statSync(at('a.txt')).mode & 0o777).toBe(0o640)
    const program = { ...change('a.txt', 'new a\n', 'new a\n'), mode: EXECUTABLE_MODE }
    await applyChanges(root, [program])
    expect(statSync(at('a.txt')).mode & 0o777).toBe(0o750)
  })

  test('a file becomes a folder and a folder a file', async () => {
    const turned = [
      change('a.txt', 'old a\n', null),
      change('a.txt/inner.txt', null, 'x\n'),
      change('src/b.txt', 'old b\n', null),
      change('src', null, 'now a file\n'),
    ]
    expect(await applyChanges(root, turned)).toMatchObject({ kind: 'applied' })
    expect(read('a.txt/inner.txt')).toBe('x\n')
    expect(read('src')).toBe('now a file\n')
  })

  test('a removed folder stays when somebody else put a file into it', async () => {
    writeFileSync(at('src/theirs.txt'), 'keep me')
    const removal = [change('src/b.txt', 'old b\n', null), folderChange('src', 'delete')]
    expect(await applyChanges(root, removal)).toMatchObject({ kind: 'applied' })
    expect(read('src/theirs.txt')).toBe('keep me')
  })

  test('makes and removes empty folders', async () => {
    expect(await applyChanges(root, [folderChange('e/f', 'create')])).toMatchObject({ changed: 1 })
    expect(statSync(at('e/f')).isDirectory()).toBe(true)
  })
})

describe('nothing is written outside the workspace', () => {
  test.each([
    '../out.txt',
    '/etc/x',
    'src/../../out.txt',
    '.git/hooks/pre-commit',
    'a//b',
    'sub/.git/config',
  ])('a path like %s is refused', async (path) => {
    const result = await applyChanges(root, [change(path, null, 'x')])
    expect(result).toMatchObject({ kind: 'conflict' })
    expect(existsSync(join(folder, 'out.txt'))).toBe(false)
  })

  test('a folder that was exchanged for a link is not followed', async () => {
    const outside = join(folder, 'outside')
    mkdirSync(outside)
    writeFileSync(join(outside, 'b.txt'), 'old b\n')
    renameSync(at('src'), at('src-before'))
    symlinkSync(outside, at('src'))
    const result = await applyChanges(root, [
      change('src/b.txt', 'old b\n', 'overwritten\n'),
      change('src/new.txt', null, 'x'),
    ])
    expect(result.kind).toBe('conflict')
    expect(readFileSync(join(outside, 'b.txt'), 'utf8')).toBe('old b\n')
    expect(existsSync(join(outside, 'new.txt'))).toBe(false)
  })

  test('a file that was exchanged for a link is not written through', async () => {
    writeFileSync(join(folder, 'target.txt'), 'old a\n')
    rmSync(at('a.txt'))
    symlinkSync(join(folder, 'target.txt'), at('a.txt'))
    expect((await applyChanges(root, FOUR)).kind).toBe('conflict')
    expect(readFileSync(join(folder, 'target.txt'), 'utf8')).toBe('old a\n')
  })

  test('a folder that turns into a link between check and write is not followed', async () => {
    const outside = join(folder, 'outside')
    mkdirSync(outside)
    let swapping = true
    const swap = async () => {
      while (swapping) {
        for (const [from, to] of [
          ['src', 'src-real'],
          ['src-link', 'src'],
          ['src', 'src-link'],
          ['src-real', 'src'],
        ] as const) {
          try {
            renameSync(at(from), at(to))
          } catch {}
          await new Promise((next) => setImmediate(next))
        }
      }
    }
    symlinkSync(outside, at('src-link'))
    const racing = swap()
    for (let i = 0; i < 200; i++) {
      await applyChanges(root, [change(`src/race-${i}.txt`, null, 'x')]).catch(() => undefined)
    }
    swapping = false
    await racing
    expect(readdirSync(outside)).toEqual([])
  })
})

function content(path: string): string | null {
  try {
    return read(path)
  } catch {
    return null
  }
}
