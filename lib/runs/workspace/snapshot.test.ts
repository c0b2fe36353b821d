import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { MAX_WORKSPACE_FILE_BYTES } from '@/lib/core/limits'
import { sha256 } from '@/lib/core/sha256'
import { openSnapshot, snapshotWorkspace, treeOf } from './snapshot'

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

const withheldOf = (manifest: { withheld: { path: string; because: string }[] }) =>
  Object.fromEntries(manifest.withheld.map((entry) => [entry.path, entry.because]))

describe('the snapshot of a workspace', () => {
  test('does not move when the workspace does', async () => {
    await snapshotWorkspace(root, dir)
    writeFileSync(join(root, 'src/a.ts'), 'changed later\n')
    expect(readFileSync(join(treeOf(dir), 'src/a.ts'), 'utf8')).toBe('const a = 1\n')
  })

  test('lists every file with the digest of the bytes that were copied', async () => {
    const { manifest } = await snapshotWorkspace(root, dir)
    expect(manifest.files).toEqual([
      { path: 'src/a.ts', mode: 0o100644, size: 12, digest: sha256('const a = 1\n') },
    ])
  })

  test('has the same digest for the same content and another for one changed byte', async () => {
    const first = await snapshotWorkspace(root, dir)
    const again = await snapshotWorkspace(root, `${dir}-2`)
    writeFileSync(join(root, 'src/a.ts'), 'const a = 2\n')
    const other = await snapshotWorkspace(root, `${dir}-3`)
    expect(again.digest).toBe(first.digest)
    expect(other.digest).not.toBe(first.digest)
  })

  test('does not follow a link and says that it is withheld', async () => {
    writeFileSync(join(folder, 'outside.txt'), 'not yours')
    symlinkSync(join(folder, 'outside.txt'), join(root, 'link.txt'))
    symlinkSync(folder, join(root, 'up'))
    const { manifest } = await snapshotWorkspace(root, dir)
    expect(withheldOf(manifest)).toEqual({ 'link.txt': 'link', up: 'link' })
    expect(() => readFileSync(join(treeOf(dir), 'link.txt'))).toThrow()
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

  test('starts again over what a killed attempt left behind', async () => {
    mkdirSync(`${dir}.partial/tree`, { recursive: true })
    writeFileSync(`${dir}.partial/tree/stale.ts`, 'stale')
    const { manifest } = await snapshotWorkspace(root, dir)
    expect(manifest.files.map((file) => file.path)).toEqual(['src/a.ts'])
    expect(() => readFileSync(join(treeOf(dir), 'stale.ts'))).toThrow()
  })

  test('is refused when its manifest was changed afterwards', async () => {
    const { digest } = await snapshotWorkspace(root, dir)
    chmodSync(join(dir, 'manifest.json'), 0o600)
    writeFileSync(join(dir, 'manifest.json'), '{"files":[],"folders":[],"withheld":[]}')
    await expect(openSnapshot(dir, digest)).rejects.toThrow('missing or damaged')
  })

  test('is refused for a folder that is not there', async () => {
    await expect(snapshotWorkspace(join(folder, 'nowhere'), dir)).rejects.toThrow('cannot be read')
  })
})
