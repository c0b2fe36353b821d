import { expect, type TestInfo, test } from '@playwright/test'
import { newDataFolder, type Server, startServer } from '../server'
import { exportsExactBytes, importAgents, readCatalog, readRecord } from './steps/agents'
import { approveProposal, authorCannotDecide, published, requestChanges } from './steps/approve'
import { conflictLosesNothing, mendDraft, propose, reword } from './steps/editor'
import { readLog, tamperingIsFound, verifies } from './steps/log'
import { ADA, invite, join, setUp, signIn } from './steps/people'
import { keepInReview } from './steps/reviews'
import * as runs from './steps/runs'
import { newWorkspace, type Seat, seat } from './steps/world'

test.setTimeout(900_000)

let server: Server
const seats: Seat[] = []

test.afterEach(async ({ browserName: _ }, info: TestInfo) => {
  await info.attach('server', { body: server?.output() ?? '', contentType: 'text/plain' })
  for (const one of seats) await one.context.close()
  await server?.stop()
})

test('one digest goes from an imported file through approval, run and review into a log that proves it', async ({
  browser,
}) => {
  const dataDir = newDataFolder()
  const root = newWorkspace()
  server = await startServer({ dataDir })
  const ada = await seat(browser, server, 'Ada')
  const ben = await seat(browser, server, 'Ben')
  seats.push(ada, ben)

  await test.step('setup makes the first administrator', () => setUp(ada, server))
  await test.step('a second person is invited and joins', async () => {
    await join(ben, await invite(ada))
  })
  await test.step('a folder of agents is imported as it is', async () => {
    await importAgents(ada)
    await exportsExactBytes(ada)
  })
  await test.step('the catalog and the agent page tell what is there', async () => {
    await readCatalog(ada)
    await readRecord(ada)
  })
  await test.step('the author mends the draft and proposes it', async () => {
    await mendDraft(ada)
    await conflictLosesNothing(ada)
    await propose(ada, '2.0.0', 'Bring the ledger architect under approval.')
  })
  const digest = await test.step('somebody else decides, never the author', async () => {
    await authorCannotDecide(ada)
    await requestChanges(ben, 'Say who closes the month.')
    await reword(ada, 'Leave closing the month to a person')
    await propose(ada, '2.0.0', 'A person closes the month.')
    return approveProposal(ben, '2.0.0')
  })
  await test.step('the version has its own number and the exact bytes', () =>
    published(ada, { number: '2.0.0', digest }))
  const run = await test.step('a run is held at its git call', async () => {
    await runs.registerWorkspace(ada, root)
    const address = await runs.startRun(ada)
    await runs.heldAtGit(ada, root)
    return address
  })
  await test.step('reload and kill -9 change nothing of what was recorded', async () => {
    const before = await runs.readSteps(ada.page)
    await ada.page.reload()
    expect(await runs.readSteps(ada.page)).toEqual(before)
    const lost = /ERR_CONNECTION_REFUSED|ERR_EMPTY_RESPONSE|ERR_CONNECTION_RESET|ERR_INCOMPLETE/
    await ada.watch.expecting(lost, () =>
      ben.watch.expecting(lost, async () => {
        await server.kill()
        server = await startServer({ dataDir, port: server.port })
        await ada.page.goto(run)
      }),
    )
    await expect(ada.page.getByRole('region', { name: 'Held call' })).toBeVisible()
    expect(await runs.readSteps(ada.page)).toEqual(before)
  })
  await test.step('files change only after people approved them', async () => {
    await runs.approveCall(ben)
    await runs.approveChangeSet(ben, root)
    await runs.finished(ada)
  })
  await test.step('the review attests the version', () => keepInReview(ada, ben))
  await test.step('a session ends and begins again', async () => {
    await ada.context.clearCookies()
    await signIn(ada, ADA)
  })
  await test.step('the log proves it, and a change behind its back is found', async () => {
    await readLog(ada)
    await verifies(dataDir)
    await tamperingIsFound(dataDir)
  })
  expect([...ada.watch.complaints, ...ben.watch.complaints]).toEqual([])
})
