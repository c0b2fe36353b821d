import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, expect, it } from 'vitest'
import { rawSql } from '@/lib/db/client'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { generateSigner } from './checkpoint'
import { startSequencer } from './keeper'
import { KEY_FILE, KEY_VARIABLE, openCheckpointKey } from './keys'

let database: TestDatabase
let dataDir: string
const folders: string[] = []
beforeEach(async () => {
  database = await freshDatabase()
  dataDir = await folder()
  return () => database.close()
})
afterAll(async () => {
  for (const path of folders) await rm(path, { recursive: true })
})

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'chancery-key-'))
  folders.push(path)
  return path
}
const open = (dir = dataDir, env: Record<string, string> = {}) =>
  openCheckpointKey(rawSql(), { dataDir: dir, env })
const secretOf = (dir = dataDir) => readFile(join(dir, KEY_FILE), 'utf8')

it('a new log gets a key that only its owner may read, and keeps it', async () => {
  const first = await open()
  const { mode } = await stat(join(dataDir, KEY_FILE))
  expect(mode & 0o777).toBe(0o600)
  expect((await open()).vkey).toBe(first.vkey)
  const [row] = await rawSql()`select vkey, origin from audit.tree_state`
  expect(row).toEqual({ vkey: first.vkey, origin: first.name })
})

it('several processes that open a new log at once agree on one key', async () => {
  const all = await Promise.all([open(), open(), open(), open()])
  expect(new Set(all.map((signer) => signer.vkey)).size).toBe(1)
})

it('a log whose key is missing is not signed with a fresh one', async () => {
  await open()
  await rm(join(dataDir, KEY_FILE))
  await expect(open()).rejects.toThrow(/key of this log is missing.*checkpoint\.key.*CHANCERY_/)
  await expect(stat(join(dataDir, KEY_FILE))).rejects.toThrow()
  await expect(startSequencer({ dataDir })).rejects.toMatchObject({ code: 'refused' })
})

it('the key may come from the environment instead', async () => {
  const first = await open()
  const secret = await secretOf()
  const elsewhere = await folder()
  expect((await open(elsewhere, { [KEY_VARIABLE]: secret })).vkey).toBe(first.vkey)
})

it.each<[string, (secret: string, origin: string) => Promise<string> | string, RegExp]>([
  ['damaged', (secret) => secret.replace(/\+[0-9a-f]{8}\+/, '+00000000+'), /damaged/],
  ['cut short', (secret) => secret.slice(0, 40), /not a checkpoint key/],
  ['empty', () => '', /not a checkpoint key/],
  ['another key of the same log', (_, origin) => generateSigner(origin).secret, /not the one/],
  ['the key of another log', () => generateSigner('other/log').secret, /belongs to another log/],
])('a key that is %s is refused with a plain message', async (_what, make, message) => {
  const { name } = await open()
  const wrong = await make(await secretOf(), name)
  await writeFile(join(dataDir, KEY_FILE), wrong)
  const error = await open().catch((e: Error) => e)
  expect(error).toBeInstanceOf(Error)
  expect((error as Error).message).toMatch(message)
  if (wrong.length > 60) expect((error as Error).message).not.toContain(wrong.trim().slice(-30))
})

it('a key file that others may read is refused, with the command that mends it', async () => {
  await open()
  await chmod(join(dataDir, KEY_FILE), 0o644)
  await expect(open()).rejects.toThrow(/chmod 600/)
})
