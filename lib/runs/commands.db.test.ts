import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { projectRoot } from '@/lib/db/project-root'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { startRun } from './commands/start'
import { registerWorkspace } from './commands/workspace'
import { listRuns, listWorkspaces } from './queries/list'
import { runPage } from './queries/page'
import { aStage, type Stage } from './testing/stage'

let database: TestDatabase
let stage: Stage

beforeAll(async () => {
  database = await freshDatabase()
  stage = await aStage(database)
})
afterAll(async () => {
  stage?.remove()
  await database?.close()
})

const register = (rootPath: string, slug = 'other') =>
  registerWorkspace.execute(stage.admin, { slug, rootPath, departmentId: stage.departmentId })

describe('registering a workspace', () => {
  test('refuses what is no folder, the whole file system, and where Chancery keeps its own', async () => {
    const folder = dirname(stage.root)
    writeFileSync(join(folder, 'file.txt'), '')
    mkdirSync(join(stage.data, 'inner'), { recursive: true })
    symlinkSync(stage.data, join(folder, 'link-to-data'))
    for (const path of [
      'relative/path',
      join(folder, 'nowhere'),
      join(folder, 'file.txt'),
      '/',
      folder,
      stage.data,
      join(stage.data, 'inner'),
      join(folder, 'link-to-data'),
      projectRoot(),
      join(projectRoot(), 'lib'),
      dirname(projectRoot()),
    ]) {
      await expect(register(path), path).rejects.toMatchObject({ code: 'refused' })
    }
  })

  test('allows a sample folder in the data folder, and a name only once', async () => {
    const sample = join(stage.data, 'workspaces', 'sample')
    mkdirSync(sample, { recursive: true })
    await register(sample, 'sample')
    await expect(register(sample, 'sample')).rejects.toMatchObject({ code: 'conflict' })
    const places = await listWorkspaces(stage.operator, 'run.start')
    expect(places.map((place) => place.slug)).toEqual(['ledger', 'sample'])
  })

  test('is for administrators', async () => {
    const place = { slug: 'mine', rootPath: stage.root, departmentId: stage.departmentId }
    await expect(registerWorkspace.execute(stage.operator, place)).rejects.toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('starting a run', () => {
  test('twice with one key starts one run', async () => {
    const { agentId, workspaceId } = stage
    const input = { agentId, workspaceId, task: 'Only read', model: 'rehearsal' }
    const key = 'one-form-opened-once'
    const both = await Promise.all([
      startRun.execute(stage.operator, input, { key }),
      startRun.execute(stage.operator, input, { key }),
    ])
    expect(both[0].value).toEqual(both[1].value)
    expect((await listRuns(stage.operator, { view: 'all' })).rows).toHaveLength(1)
  })

  test('pins digest, constitution, model and workspace, which the page then shows', async () => {
    const runId = await stage.start('Only read README.md')
    expect(await stage.drive(runId)).toBe('succeeded')
    const page = await runPage(stage.operator, runId)
    expect(page).toMatchObject({ provider: 'rehearsal', rehearsal: true, word: 'Finished' })
    expect([page?.digest, page?.constitutionHash, page?.snapshotDigest]).toEqual(
      Array(3).fill(expect.stringMatching(/^[0-9a-f]{64}$/)),
    )
    const kinds = page?.timeline.map((entry) => entry.kind)
    expect(kinds?.slice(0, 3)).toEqual(['task', 'said', 'call'])
    expect(page?.gate).toMatchObject({ held: 0, denied: 0 })
  })
})
