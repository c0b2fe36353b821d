import 'server-only'
import { randomBytes } from 'node:crypto'
import { linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { refused } from '@/lib/core/errors'
import { databaseConfig, dataFolder } from '@/lib/db/config'

type Environment = Record<string, string | undefined>

const MIN_LENGTH = 32

/**
 * The key that seals session cookies: `NEXTAUTH_SECRET`, or with the built-in database a file of
 * the data folder (mode 0600), made at the first call. With `DATABASE_URL` it must be in the
 * environment, because every web process needs the same one: throws `refused` with what to do.
 */
export function cookieKey(env: Environment = process.env): string {
  const named = env.NEXTAUTH_SECRET
  if (named !== undefined) return longEnough(named, 'NEXTAUTH_SECRET')
  if (databaseConfig(env).kind === 'external') {
    return refused(
      'NEXTAUTH_SECRET is not set. With DATABASE_URL, set it to the same 32 or more random characters for every web process, for example from: openssl rand -base64 48',
    )
  }
  const file = join(dataFolder(env), 'session.key')
  return longEnough(readKey(file) ?? makeKey(file), file)
}

function longEnough(key: string, from: string): string {
  if (key.length >= MIN_LENGTH) return key
  return refused(`The key in ${from} is shorter than ${MIN_LENGTH} characters.`)
}

function readKey(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null
    return refused(`${file} cannot be read. Start Chancery as the user it belongs to.`)
  }
}

/** Written beside and linked: of two processes that start together one wins, both read the same. */
function makeKey(file: string): string {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 })
  const beside = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`
  writeFileSync(beside, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'wx' })
  try {
    linkSync(beside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    unlinkSync(beside)
  }
  return readKey(file) ?? refused(`${file} vanished while it was made.`)
}
