import 'server-only'
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { projectRoot } from '@/lib/db/project-root'
import { type CliCommand, EXIT } from './terminal'

const SOURCES = ['app', 'components', 'lib', 'drizzle', 'public']
const FILES = ['package.json', 'next.config.mjs', 'proxy.ts', 'instrumentation.ts', 'tsconfig.json']
const STAMP = 'chancery-source.txt'

/** `chancery build`: what `start` does by itself the first time. */
export const build: CliCommand = async () => ((await buildIfNeeded()) ? EXIT.ok : EXIT.failed)

/**
 * Builds the console unless the last build was made of exactly these files (names, sizes, times).
 * Returns whether there is a build to serve.
 */
export async function buildIfNeeded(): Promise<boolean> {
  const root = projectRoot()
  const output = join(root, process.env.CHANCERY_DIST ?? '.next')
  const stamp = await sourceStamp(root)
  const built = await readFile(join(output, STAMP), 'utf8').catch(() => '')
  if (built === stamp) return true
  console.log('Building the console. This takes about a minute, once.')
  const program = join(root, 'node_modules', 'next', 'dist', 'bin', 'next')
  const code = await new Promise<number>((done) => {
    const child = spawn(process.execPath, [program, 'build'], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1' },
    })
    child.once('error', () => done(1))
    child.once('exit', (exit) => done(exit ?? 1))
  })
  if (code === 0) await writeFile(join(output, STAMP), stamp)
  return code === 0
}

async function sourceStamp(root: string): Promise<string> {
  const hash = createHash('sha256')
  const add = async (path: string) => {
    const info = await stat(join(root, path)).catch(() => null)
    if (info) hash.update(`${path}\0${info.size}\0${Math.floor(info.mtimeMs)}\n`)
  }
  for (const file of FILES) await add(file)
  for (const folder of SOURCES) {
    const entries = await readdir(join(root, folder), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => [])
    const paths = entries
      .filter((entry) => entry.isFile() && !/\.test\.tsx?$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    for (const path of paths.sort()) await add(path)
  }
  return hash.digest('hex')
}
