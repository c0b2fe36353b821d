import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_WORKSPACE_FILE_BYTES } from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import { dropSnapshots, openSnapshot, snapshotFolder, snapshotWorkspace, treeOf } from './snapshot'

let folder: string
let root: string
let dir: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-snapshot-'))
  root = join(folder, 'workspace')
  dir = join(folder, 'snapshot')
  mkdirSync(join(root, 'src'), { recursive: true })
  writeFileSync(join(root, 'src/a.ts'), 'const a = 1\n')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Takes a snapshot and says where it lies. */
async function snapshot() {
  const taken = await snapshotWorkspace(root, dir)
  return { ...taken, folder: snapshotFolder(dir, taken.digest) }
}
const withheldOf = (manifest: { withheld: { path: string; because: string }[] }) =>
  Object.fromEntries(manifest.withheld.map((entry) => [entry.path, entry.because]))

describe('the snapshot of a workspace', () => {
  test('does not move when the workspace does', async () => {
    const taken = await snapshot()
    writeFileSync(join(root, 'src/a.ts'), 'changed later\n')
    expect(readFileSync(join(treeOf(taken.folder), 'src/a.ts'), 'utf8')).toBe('const a = 1\n')
  })

  test('lists every file with the digest of the bytes that were copied', async () => {
    const { manifest } = await snapshotWorkspace(root, dir)
    expect(manifest.files).toEqual([
      { path: 'src/a.ts', mode: 0o100644, size: 12, digest: sha256('const a = 1\n') },
    ])
  })

  test('has the same digest for the same content and another for one changed byte', async () => {
    const [first, again] = await Promise.all([snapshot(), snapshot()])
    writeFileSync(join(root, 'src/a.ts'), 'const a = 2\n')
    const other = await snapshot()
    expect(readdirSync(dir).sort()).toEqual([first.digest, other.digest].sort())
    expect(again.digest).toBe(first.digest)
    expect(other.digest).not.toBe(first.digest)
  })

  test('does not follow a link and says that it is withheld', async () => {
    writeFileSync(join(folder, 'outside.txt'), 'not yours')
    symlinkSync(join(folder, 'outside.txt'), join(root, 'link.txt'))
    symlinkSync(folder, join(root, 'up'))
    const { manifest, folder: taken } = await snapshot()
    expect(withheldOf(manifest)).toEqual({ 'link.txt': 'link', up: 'link' })
    expect(() => readFileSync(join(treeOf(taken), 'link.txt'))).toThrow()
  })

  test('withholds the repository, dependencies, keys and large files, each by name', async () => {
    mkdirSync(join(root, '.git'))
    writeFileSync(join(root, '.git/config'), '[core]')
    mkdirSync(join(root, 'node_modules'))
    for (const name of ['.env', '.env.local', '.env.example', 'server.pem', 'id_ed25519']) {
      writeFileSync(join(root, name), 'x')
    }
    writeFileSync(join(root, 'large.bin'), Buffer.alloc(MAX_WORKSPACE_FILE_BYTES + 1))
    const { manifest } = await snapshotWorkspace(root, dir)
    expect(withheldOf(manifest)).toEqual({
      '.env': 'secret',
      '.env.local': 'secret',
      '.git': 'git',
      id_ed25519: 'secret',
      'large.bin': 'size',
      node_modules: 'dependencies',
      'server.pem': 'secret',
    })
    expect(manifest.files.map((file) => file.path)).toContain('.env.example')
  })

  test('keeps the executable bit', async () => {
    writeFileSync(join(root, 'run.sh'), 'echo\n')
    chmodSync(join(root, 'run.sh'), 0o755)
    const { manifest } = await snapshotWorkspace(root, dir)
    expect(manifest.files.find((file) => file.path === 'run.sh')?.mode).toBe(0o100755)
  })

  test('goes when no run needs it, but not within the first hour', async () => {
    const kept = await snapshot()
    writeFileSync(join(root, 'src/a.ts'), 'const a = 2\n')
    const old = await snapshot()
    mkdirSync(join(dir, '.partial-killed'))
    await dropSnapshots(dir, new Set([kept.digest]))
    expect(readdirSync(dir)).toHaveLength(3)
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000)
    for (const name of [kept.digest, old.digest, '.partial-killed']) {
      utimesSync(join(dir, name), longAgo, longAgo)
    }
    await dropSnapshots(dir, new Set([kept.digest]))
    expect(readdirSync(dir)).toEqual([kept.digest])
  })

  test('is refused when its manifest was changed afterwards', async () => {
    const taken = await snapshot()
    chmodSync(join(taken.folder, 'manifest.json'), 0o600)
    writeFileSync(join(taken.folder, 'manifest.json'), '{"files":[],"folders":[],"withheld":[]}')
    await expect(openSnapshot(taken.folder, taken.digest)).rejects.toThrow('missing or damaged')
  })

  test('is refused for a folder that is not there', async () => {
    await expect(snapshotWorkspace(join(folder, 'nowhere'), dir)).rejects.toThrow('cannot be read')
  })
})
