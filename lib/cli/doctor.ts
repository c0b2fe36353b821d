import 'server-only'
import { access, constants, mkdir, statfs } from 'node:fs/promises'
import { createServer } from 'node:net'
import { siteUrl } from '@/lib/auth/site'
import { ChanceryError } from '@/lib/core/errors'
import { openDatabase, shutDatabase } from '@/lib/db/boot'
import { databaseConfig, dataFolder } from '@/lib/db/config'
import { embeddedStatus } from '@/lib/db/launcher/control'
import { ensureSetupToken } from '@/lib/people/setup'
import { type CliCommand, EXIT, printJson, readArguments } from './terminal'

type Check = { name: string; ok: boolean; line: string }

const MIN_FREE_BYTES = 512 * 1024 * 1024

/** `chancery doctor`: every check with its result; what is wrong comes with what to do. */
export const doctor: CliCommand = async (argv) => {
  const { values } = readArguments(argv, { json: { type: 'boolean', default: false } })
  const checks: Check[] = []
  for (const [name, look] of Object.entries(LOOK)) checks.push(await inspect(name, look))
  await shutDatabase()
  const ok = checks.every((check) => check.ok)
  if (values.json) printJson({ ok, checks })
  else
    for (const check of checks)
      console.log(`${check.ok ? 'ok  ' : 'BAD '} ${check.name}: ${check.line}`)
  return ok ? EXIT.ok : EXIT.failed
}

/** Each look returns a line, or throws the sentence that says what is wrong and how to mend it. */
const LOOK: Record<string, () => Promise<string>> = {
  'Node.js': async () => {
    const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
    if (major > 20 || (major === 20 && minor >= 19)) return process.versions.node
    throw new Error(`${process.versions.node} is too old. Install Node.js 20.19 or newer.`)
  },
  Settings: async () => {
    const config = databaseConfig()
    return config.kind === 'embedded' ? `built-in database in ${config.dataDir}` : 'DATABASE_URL'
  },
  'Data folder': async () => {
    const folder = dataFolder()
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK)
    const { bavail, bsize } = await statfs(folder)
    if (bavail * bsize < MIN_FREE_BYTES) throw new Error(`${folder}: under 512 MB free. Make room.`)
    return `${folder} can be written`
  },
  'Built-in server': async () => {
    const config = databaseConfig()
    if (config.kind === 'external') return 'not used'
    const status = await embeddedStatus(config.dataDir)
    if (status.state === 'unresponsive') {
      throw new Error(
        `process ${status.pid} holds the database but does not answer. Wait a minute, then run "chancery db stop".`,
      )
    }
    return status.state
  },
  Database: async () => {
    const opened = await openDatabase()
    return opened.unenforced.length === 0 ? 'opens, migrated' : opened.unenforced.join(' ')
  },
  Setup: async () => {
    const link = await ensureSetupToken()
    return link === null ? 'done' : `nobody has an account yet; open ${siteUrl()}${link}`
  },
  Port: async () => {
    const port = Number(process.env.PORT ?? '3000')
    const free = await new Promise<boolean>((done) => {
      const probe = createServer()
      probe.once('error', () => done(false))
      probe.listen(port, process.env.HOST ?? '127.0.0.1', () => probe.close(() => done(true)))
    })
    if (free) return `${port} is free`
    const answer = await fetch(`http://127.0.0.1:${port}/login`).catch(() => null)
    if (answer?.ok && (await answer.text()).includes('Chancery'))
      return `${port}: Chancery is running`
    throw new Error(`${port} is used by another program. End it, or set PORT to a free port.`)
  },
}

async function inspect(name: string, look: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, line: await look() }
  } catch (error) {
    const line = error instanceof ChanceryError || error instanceof Error ? error.message : 'failed'
    return { name, ok: false, line }
  }
}
