import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { sessionCookie } from '@/lib/auth/cookie'
import type { Figure } from './measure'

const ROOT = resolve(import.meta.dirname, '../..')
const REQUESTS = 500
const PAGES = ['/', '/agents', '/inbox', '/runs', '/reviews']

/** Memory of the web process at rest and after signed-in pages; needs a production build. */
export async function webFigures(dataDir: string, sessionId: string): Promise<Figure[]> {
  const goal = 'at most 1.5x the empty stack after load (226 to 350 MB)'
  const what = 'web process, memory'
  if (!existsSync(join(ROOT, process.env.CHANCERY_DIST ?? '.next', 'BUILD_ID'))) {
    return [{ what, value: 'no build, skipped', goal: 'npm run build makes one' }]
  }
  const port = process.env.PORT ?? '5749'
  const url = `http://127.0.0.1:${port}`
  const next = join(ROOT, 'node_modules/next/dist/bin/next')
  const child = spawn(process.execPath, [next, 'start', '-H', '127.0.0.1', '-p', port], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, CHANCERY_DATA: dataDir, NEXTAUTH_URL: url },
  })
  try {
    const started = performance.now()
    await answers(`${url}/login`)
    const cold = performance.now() - started
    await sleep(3_000)
    const rest = rssOf(child)
    const { name, value: sealed } = await sessionCookie(sessionId)
    const cookie = `${name}=${sealed}`
    let shown = 0
    for (let n = 0; n < REQUESTS; n += 1) {
      const page = `${url}${PAGES[n % PAGES.length]}`
      const reply = await fetch(page, { headers: { cookie }, redirect: 'manual' })
      await reply.arrayBuffer()
      if (reply.status === 200) shown += 1
    }
    const value = `${rest} MB at rest, ${rssOf(child)} MB after ${shown} pages`
    const first = `${(cold / 1_000).toFixed(2)} s`
    return [
      { what: 'web process, start to first answer', value: first, goal: 'at most 0.8 s' },
      { what, value, goal },
    ]
  } finally {
    child.kill('SIGTERM')
  }
}

async function answers(url: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (await fetch(url).catch(() => null)) return
    await sleep(50)
  }
  throw new Error(`${url} did not answer within 30 seconds.`)
}

/** Resident memory in MB, as the kernel counts it. */
function rssOf(child: ChildProcess): number {
  const status = readFileSync(`/proc/${child.pid}/status`, 'utf8')
  return Math.round(Number(/VmRSS:\s+(\d+)/.exec(status)?.[1]) / 1_024)
}
