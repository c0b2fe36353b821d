import { parseArgs } from 'node:util'
import { blows } from './faults'
import { aPlace } from './harness'
import { type Outcome, playRound } from './rounds'

/**
 * `npm run kill -- --rounds 60 --lanes 2 --seed 7`: kills the product in the middle of its work,
 * once in each round, and prints what came of it. Ends with 1 when any promise was broken.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '60' },
    lanes: { type: 'string', default: '2' },
    seed: { type: 'string', default: '20261122' },
    // Only rounds of this kind: a fault point, `postgres` or `worker`.
    at: { type: 'string', default: '' },
  },
})
const plan = blows(Number(values.rounds), Number(values.seed)).filter(
  (blow) => values.at === '' || values.at.split(',').includes(blow.at),
)
const outcomes: Outcome[] = []
let next = 0

async function lane(): Promise<void> {
  const place = await aPlace()
  try {
    for (let n = next++; n < plan.length; n = next++) {
      const blow = plan[n]
      if (!blow) break
      const outcome = await playRound(place, `round-${n + 1}`, blow)
      outcomes.push(outcome)
      print(n + 1, outcome)
    }
  } finally {
    await place.remove()
  }
}

function print(n: number, { at, death, wrong, seconds }: Outcome): void {
  const result = wrong.length === 0 ? 'ok' : `BROKEN ${wrong.join('; ')}`
  const columns = [String(n).padStart(4), at.padEnd(32), death.padEnd(10), seconds.toFixed(1)]
  console.log(`${columns.join('  ')} s  ${result}`)
}

const started = Date.now()
console.log(`${plan.length} rounds, ${values.lanes} side by side, seed ${values.seed}`)
await Promise.all(Array.from({ length: Number(values.lanes) }, lane))
const broken = outcomes.filter((outcome) => outcome.wrong.length > 0)
const minutes = ((Date.now() - started) / 60_000).toFixed(1)
console.log(`${outcomes.length} rounds in ${minutes} min, ${broken.length} broken`)
process.exit(broken.length === 0 && outcomes.length === plan.length ? 0 : 1)
