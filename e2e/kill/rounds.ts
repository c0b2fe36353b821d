import { setTimeout as sleep } from 'node:timers/promises'
import { killServer } from '@/lib/db/testing/embedded'
import { violations } from './check'
import { type Blow, FAULTS } from './faults'
import type { Driven, Place } from './harness'

/** What one round came to. `wrong` is empty when every promise held. */
export type Outcome = { at: string; death: string; wrong: string[]; seconds: number }

const LONGEST_FLOW_MS = 7_000
const short = (ended: string) => ended.split('\n')[0]?.slice(0, 60) ?? ''

/** Kills once in a flow, starts again, sends everything again with the same keys, and checks. */
export async function playRound(place: Place, round: string, blow: Blow): Promise<Outcome> {
  const started = Date.now()
  const { death, wrong } = await strike(place, round, blow)
  const again = await place.drive(['flow', round]).ended
  if (again !== 'code 0') wrong.push(`sent again, it ended with ${again}`)
  wrong.push(...(await place.look((sql) => violations(sql, place.dataDir, round))))
  const seconds = (Date.now() - started) / 1_000
  return { at: blow.at, death: short(death), wrong, seconds }
}

type Struck = { death: string; wrong: string[] }

async function strike(place: Place, round: string, blow: Blow): Promise<Struck> {
  if (blow.at === 'worker') return strikeWorker(place, round, blow.moment)
  if (blow.at === 'postgres') {
    const driver = place.drive(['flow', round])
    await driver.begun
    await sleep(blow.moment * LONGEST_FLOW_MS)
    await killServer(place.dataDir)
    return { death: await driver.ended, wrong: [] }
  }
  const death = await place.drive(['flow', round], blow.at).ended
  return { death, wrong: death === 'SIGKILL' ? [] : [`${blow.at} was never reached: ${death}`] }
}

/** The driver only waits; workers do the run, and the first of them is killed. */
async function strikeWorker(place: Place, round: string, moment: number): Promise<Struck> {
  const first = place.worker()
  await first.begun
  const driver = place.drive(['wait', round])
  await driver.begun
  await sleep(moment * LONGEST_FLOW_MS)
  first.process.kill('SIGKILL')
  const death = await first.ended
  const second = place.worker()
  await second.begun
  const finished = await waitFor(place, driver)
  const wrong = finished === 'code 0' ? [] : [`the second worker: ${finished}`]
  second.process.kill('SIGTERM')
  const stopped = await second.ended
  if (stopped !== 'code 0') wrong.push(`a worker that was asked to stop ended with ${stopped}`)
  return { death, wrong }
}

/** The lease of a dead worker passes at once, as waiting fifteen seconds would let it. */
async function waitFor(place: Place, driver: Driven): Promise<string> {
  await place.look(async (sql) => {
    await sql`update run_lease set lease_until = now() - interval '1 second'
      where lease_until > now()`
    await sql`update graphile_worker._private_jobs set run_at = now() where key like 'run:%:later'`
  })
  return driver.ended
}

/**
 * The short form: one flow that is killed at each of these fault points in turn, each time by a
 * fresh process that goes on where the last one died; then it is finished and checked.
 */
export async function playChain(
  place: Place,
  round: string,
  faults: readonly string[] = FAULTS,
): Promise<Outcome[]> {
  const outcomes: Outcome[] = []
  for (const fault of faults) {
    const started = Date.now()
    // A process that was started again visits each place for the first time.
    const at = fault.split(':')[0] ?? fault
    const death = await place.drive(['flow', round], at).ended
    const wrong = death === 'SIGKILL' ? [] : [`${at} was never reached: ${death}`]
    outcomes.push({ at, death: short(death), wrong, seconds: (Date.now() - started) / 1_000 })
  }
  outcomes.push(await playEnd(place, round))
  return outcomes
}

async function playEnd(place: Place, round: string): Promise<Outcome> {
  const started = Date.now()
  const death = await place.drive(['flow', round]).ended
  const wrong = death === 'code 0' ? [] : [`sent again, it ended with ${death}`]
  wrong.push(...(await place.look((sql) => violations(sql, place.dataDir, round))))
  return { at: 'the end', death: short(death), wrong, seconds: (Date.now() - started) / 1_000 }
}
