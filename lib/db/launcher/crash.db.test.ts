import { spawn } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { embeddedFolder, killServer, runProcess } from '../testing/embedded'
import { stopEmbedded } from './control'
import { ensureEmbedded } from './ensure'

const { dataDir, remove } = embeddedFolder()
beforeEach(async () => {
  await ensureEmbedded(dataDir)
})
afterAll(() => remove())

async function ask(url: string, text: string): Promise<Record<string, unknown>[]> {
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  try {
    return [...(await sql.unsafe(text))]
  } finally {
    await sql.end()
  }
}

// Killing every process of the server needs a process table that can be read.
describe.skipIf(process.platform !== 'linux')('after a crash', () => {
  const writer = (url: string) => `
    import postgres from 'postgres'
    const sql = postgres(${JSON.stringify(url)}, { max: 1 })
    for (let n = 1; ; n++) { await sql\`insert into ledger values (\${n}), (\${-n})\`; console.log(n) }`

  it.each([
    ['every process of the server', true],
    ['the server process alone', false],
  ])('keeps every acknowledged row when SIGKILL hits %s', async (_, whole) => {
    const { adminUrl, url } = await ensureEmbedded(dataDir)
    await ask(
      adminUrl,
      'drop table if exists ledger; create table ledger (n int primary key); grant all on ledger to public',
    )
    const writing = runProcess(writer(url))
    await sleep(1_500)
    await killServer(dataDir, whole)
    const acknowledged = (await writing).output.split('\n').length
    expect(acknowledged).toBeGreaterThan(10)
    expect(await ensureEmbedded(dataDir)).toEqual({ url, adminUrl, adopted: false })
    const [row] = await ask(url, 'select count(*)::int as rows, sum(n)::int as sum from ledger')
    expect(Number(row?.rows)).toBeGreaterThanOrEqual(acknowledged * 2)
    // Each transaction wrote a number and its negative: a torn one would show.
    expect(row?.sum).toBe(0)
  })

  it('starts although its process number belongs to another program now', async () => {
    const { url } = await ensureEmbedded(dataDir)
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await stopEmbedded(dataDir)
    await writeFile(file, [String(process.ppid), ...lines.slice(1)].join('\n'))
    expect(await ensureEmbedded(dataDir)).toMatchObject({ url, adopted: false })
  })

  it('starts although another program with its number works inside its folder', async () => {
    const { url } = await ensureEmbedded(dataDir)
    const folder = join(dataDir, 'postgres')
    const lines = (await readFile(join(folder, 'postmaster.pid'), 'utf8')).split('\n')
    await stopEmbedded(dataDir)
    const visitor = spawn('sleep', ['60'], { cwd: folder })
    try {
      await writeFile(join(folder, 'postmaster.pid'), [visitor.pid, ...lines.slice(1)].join('\n'))
      expect(await ensureEmbedded(dataDir)).toMatchObject({ url, adopted: false })
    } finally {
      visitor.kill('SIGKILL')
    }
  })

  it('starts although the dead server is still a zombie in the process table', async () => {
    const { url } = await ensureEmbedded(dataDir)
    const file = join(dataDir, 'postgres', 'postmaster.pid')
    const lines = (await readFile(file, 'utf8')).split('\n')
    await stopEmbedded(dataDir)
    const shell = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 60'])
    try {
      const zombie = await new Promise<string>((resolve) =>
        shell.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
      )
      await sleep(400)
      expect(await readFile(`/proc/${zombie}/stat`, 'utf8')).toContain(') Z ')
      await writeFile(file, [zombie, ...lines.slice(1)].join('\n'))
      expect(await ensureEmbedded(dataDir)).toMatchObject({ url, adopted: false })
    } finally {
      shell.kill('SIGKILL')
    }
  })
})
