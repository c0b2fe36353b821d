import { execFile } from 'node:child_process'
import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
import { refused } from '@/lib/core/errors'

const run = promisify(execFile)

/** The user that the server runs as; `null` means the user we are. */
export type Identity = { uid: number; gid: number } | null

/**
 * PostgreSQL refuses to run as root, so root hands over to the owner of an existing data folder,
 * else to `postgres`, else to `nobody`. No user is ever created on the machine.
 */
export async function serverIdentity(cluster: string): Promise<Identity> {
  if (process.getuid?.() !== 0) return null
  const owner = await stat(cluster).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  for (const name of ['postgres', '_postgres', 'nobody']) {
    const identity = await lookUp(name)
    if (identity) return identity
  }
  return refused(
    'PostgreSQL does not run as root, and this machine has neither a postgres nor a nobody user. Start Chancery as an ordinary user, or set DATABASE_URL.',
  )
}

async function lookUp(name: string): Promise<Identity> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])])
    // macOS prints nobody as -2.
    return { uid: Number(uid.stdout) >>> 0, gid: Number(gid.stdout) >>> 0 }
  } catch {
    return null
  }
}

/**
 * Whether `identity` may pass through `folder` and every folder above it. The usual obstacle is a
 * checkout below root's own home, which is closed to everybody else.
 */
export async function canPass(folder: string, identity: Identity): Promise<boolean> {
  if (!identity) return true
  for (let at = folder; ; at = dirname(at)) {
    const info = await stat(at).catch(() => null)
    if (info && !allowsPassing(info, identity)) return false
    if (dirname(at) === at) return true
  }
}

function allowsPassing(
  folder: { uid: number; gid: number; mode: number },
  identity: { uid: number; gid: number },
): boolean {
  if (folder.uid === identity.uid) return (folder.mode & 0o100) !== 0
  if (folder.gid === identity.gid) return (folder.mode & 0o010) !== 0
  return (folder.mode & 0o001) !== 0
}
