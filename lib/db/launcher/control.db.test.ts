import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import postgres from 'postgres'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { embeddedFolder } from '../testing/embedded'
import { embeddedStatus, runningPort, stopEmbedded } from './control'
import { ensureEmbedded } from './ensure'

let dataDir: string
let remove: () => Promise<void>
beforeEach(() => {
  ;({ dataDir, remove } = embeddedFolder())
})
afterEach(() => remove())

it('knows nothing of a folder that was never used, and leaves it so', async () => {
  expect(await embeddedStatus(dataDir)).toMatchObject({ state: 'absent', pid: null })
  expect(await stopEmbedded(dataDir)).toBe(false)
  expect(await runningPort(dataDir)).toBe(null)
})

it('stops cleanly, says so, and is not offended by a second stop', async () => {
  const { url } = await ensureEmbedded(dataDir)
  const port = Number(new URL(url).port)
  expect(await embeddedStatus(dataDir)).toMatchObject({ state: 'running', port })
  expect(await stopEmbedded(dataDir)).toBe(true)
  expect(await embeddedStatus(dataDir)).toMatchObject({ state: 'stopped', stoppedOnPurpose: true })
  expect(await runningPort(dataDir)).toBe('meant')
  expect(await stopEmbedded(dataDir)).toBe(false)
})

it('leaves a server alone that somebody else uses, when asked to be considerate', async () => {
  const { url } = await ensureEmbedded(dataDir)
  const client = postgres(url, { max: 1 })
  await client`select 1`
  expect(await stopEmbedded(dataDir, { unlessUsed: true })).toBe(false)
  expect(await client`select 1 as one`).toEqual([{ one: 1 }])
  await client.end()
  expect(await stopEmbedded(dataDir, { unlessUsed: true })).toBe(true)
  expect(await embeddedStatus(dataDir)).toMatchObject({ state: 'stopped', stoppedOnPurpose: false })
})

it('does not take a folder with foreign files for a database', async () => {
  await mkdir(join(dataDir, 'postgres'), { recursive: true })
  await writeFile(join(dataDir, 'postgres', 'letter.txt'), 'dear')
  await expect(ensureEmbedded(dataDir)).rejects.toThrow(/holds files but no database/)
})
