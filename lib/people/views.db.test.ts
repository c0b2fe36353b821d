import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { removeView, saveView } from './commands/views'
import { MAX_SAVED_VIEWS } from './model'
import { ownViews } from './queries/views'
import { anOrganisation, aPerson } from './testing/organisation'

let database: TestDatabase
let mara: PersonActor
let other: PersonActor
beforeAll(async () => {
  database = await freshDatabase()
  const { admin, departmentId } = await anOrganisation()
  mara = admin
  other = await aPerson(admin, [{ role: 'viewer', departmentId }])
})
afterAll(() => database.close())

const view = (name: string, query = 'risk=high', viewId: string | null = null) => ({
  viewId,
  screen: 'agents',
  name,
  query,
})
const names = async (actor: PersonActor) =>
  (await ownViews(actor, 'agents')).map((one) => `${one.name} ${one.query}`)

describe('a saved view', () => {
  test('is kept, renamed and removed, each with its fact, and is nobody else’s', async () => {
    const made = await saveView.execute(mara, view('Risky'))
    expect(made.fact).toBeDefined()
    expect(await names(mara)).toEqual(['Risky risk=high'])
    expect(await names(other)).toEqual([])
    const { viewId } = made.value
    const foreign = saveView.execute(other, view('Stolen', '', viewId))
    await expect(foreign).rejects.toMatchObject({ code: 'not_found' })
    await expect(removeView.execute(other, { viewId })).rejects.toMatchObject({ code: 'not_found' })
    await saveView.execute(mara, view('Riskiest', 'risk=critical', viewId))
    expect(await names(mara)).toEqual(['Riskiest risk=critical'])
    const removed = await removeView.execute(mara, { viewId })
    expect(removed.fact).toBeDefined()
    expect(await names(mara)).toEqual([])
  })

  test('leaves no fact when nothing is different', async () => {
    const { value } = await saveView.execute(mara, view('Same'))
    expect((await saveView.execute(mara, view('Same', 'risk=high', value.viewId))).fact).toBe(
      undefined,
    )
  })

  test('has a name of its own on its screen', async () => {
    await saveView.execute(mara, view('Twice'))
    await expect(saveView.execute(mara, view('Twice'))).rejects.toMatchObject({ code: 'refused' })
    await saveView.execute(other, view('Twice'))
  })

  test('a name with invisible characters is refused', async () => {
    const hidden = saveView.execute(mara, view('Ri\u200bsky'))
    await expect(hidden).rejects.toMatchObject({ code: 'invalid' })
  })

  test('there are at most as many as a row of names can hold', async () => {
    const { length } = await ownViews(other, 'agents')
    for (let n = length; n < MAX_SAVED_VIEWS; n++) await saveView.execute(other, view(`View ${n}`))
    await expect(saveView.execute(other, view('One more'))).rejects.toMatchObject({
      code: 'refused',
    })
  })
})
