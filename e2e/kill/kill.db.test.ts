import { execFileSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { violations } from './check'
import { FAULTS } from './faults'
import { ackFile, workspaceOf } from './flow'
import { aPlace, type Place } from './harness'
import { type Outcome, playChain } from './rounds'

const LANES = 2
const places: Place[] = []

beforeAll(async () => {
  places.push(...(await Promise.all(Array.from({ length: LANES }, aPlace))))
}, 120_000)
afterAll(() => Promise.all(places.map((place) => place.remove())))

describe('a process that is killed anywhere between a file and the proven log', () => {
  test('loses nothing it acknowledged, and sent again does nothing twice', async () => {
    const lanes = places.map((place, lane) => {
      const faults = FAULTS.filter((_, n) => n % LANES === lane)
      return playChain(place, `chain-${lane}`, faults)
    })
    const outcomes: Outcome[] = (await Promise.all(lanes)).flat()
    const told = outcomes.map(({ at, death, wrong }) => ({ at, death, wrong }))
    const expected = told.map(({ at }) => {
      return { at, death: at === 'the end' ? 'code 0' : 'SIGKILL', wrong: [] }
    })
    expect(told).toEqual(expected)
    expect(told).toHaveLength(FAULTS.length + LANES)
  }, 400_000)

  test('and the checker finds what would be lost or done twice', async () => {
    const [place] = places
    if (!place) throw new Error('There is no installation.')
    const found = () => place.look((sql) => violations(sql, place.dataDir, 'chain-0'))
    expect(await found()).toEqual([])
    const root = workspaceOf(place.dataDir, 'chain-0')
    const as = ['-c', 'user.name=T', '-c', 'user.email=t@example.org']
    execFileSync('git', [...as, 'commit', '-q', '--allow-empty', '-m', 'deployed'], { cwd: root })
    rmSync(join(root, 'd', 'two.txt'))
    const lost = { step: 'x', key: 'chain-0-lost', value: {}, fact: crypto.randomUUID() }
    const other = { step: 'import', key: 'chain-0-import', value: { other: true }, fact: null }
    for (const ack of [lost, other]) {
      appendFileSync(ackFile(place.dataDir, 'chain-0'), `${JSON.stringify(ack)}\n`)
    }
    const promises = (await found()).map((sentence) => sentence.slice(0, 10))
    expect(promises.sort()).toEqual([
      ...['I1 chain-0', 'I1 chain-0', 'I2 chain-0', 'I5 commits', 'I5 files o'],
    ])
  })
})
