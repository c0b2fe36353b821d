import 'server-only'
import { mkdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { refused } from '@/lib/core/errors'
import { generateSigner, parseSigner, type Signer } from './checkpoint'
import { createSecret } from './durable-file'
import type { Reader } from './tiles'

export const KEY_FILE = 'checkpoint.key'
export const KEY_VARIABLE = 'CHANCERY_CHECKPOINT_KEY'

type Place = {
  /** The data folder; the key is never in the database. */
  dataDir: string
  env?: Record<string, string | undefined>
}

/**
 * The key that signs this log's checkpoints: from the environment, else from `checkpoint.key`
 * (0600) in the data folder. A log that was never opened gets a fresh one. Throws `refused` with
 * what to do when the key of an existing log is missing, damaged, readable by others or another
 * one: a second key would make every earlier checkpoint look forged.
 */
export async function openCheckpointKey(sql: Reader, place: Place): Promise<Signer> {
  const [state] = await sql<{ origin: string; vkey: string | null }[]>`
    select origin, vkey from audit.tree_state`
  if (!state) return refused('The audit log has no state row: migrate the database first.')
  const found = await findSecret(place)
  const secret = found ?? (state.vkey === null ? await makeSecret(place, state.origin) : null)
  if (secret === null) {
    return refused(
      `The checkpoint key of this log is missing. Put ${KEY_FILE} back into ${place.dataDir}, or set ${KEY_VARIABLE}. Nothing is signed with a new key over an existing log.`,
    )
  }
  const signer = parseSigner(secret)
  if (signer.name !== state.origin) {
    return refused(
      `The checkpoint key belongs to another log (${signer.name}), this one is ${state.origin}. Use the data folder of this database.`,
    )
  }
  const [row] = await sql<{ vkey: string }[]>`select audit.open_log(${signer.vkey}) as vkey`
  if (row?.vkey !== signer.vkey) {
    return refused(
      `The checkpoint key is not the one that this log was opened with. Put the first ${KEY_FILE} back; its public part is ${row?.vkey}.`,
    )
  }
  return signer
}

async function findSecret({ dataDir, env = process.env }: Place): Promise<string | null> {
  const given = env[KEY_VARIABLE]
  if (given !== undefined && given !== '') return given
  const path = join(dataDir, KEY_FILE)
  const info = await stat(path).catch(() => null)
  if (!info) return null
  if ((info.mode & 0o077) !== 0) {
    return refused(`${path} can be read by others. Run: chmod 600 ${path}`)
  }
  return readFile(path, 'utf8')
}

async function makeSecret({ dataDir, env = process.env }: Place, origin: string): Promise<string> {
  const { secret } = generateSigner(origin)
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  try {
    await createSecret(join(dataDir, KEY_FILE), `${secret}\n`)
    return secret
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    // Another process was first; its key is the key.
    return (await findSecret({ dataDir, env })) ?? refused('The checkpoint key cannot be read.')
  }
}
