import 'server-only'
import { SETUP } from '@/lib/auth/actor'
import { atTime } from '@/lib/command/clock'
import { withoutServices } from '../web'
import { liveThroughHistory } from './history'
import { demoHands } from './script'
import { type DemoIds, setUpDemo } from './set-up'

const FOUNDED_MS = 130 * 24 * 3_600_000

/**
 * Makes the demo organisation in an empty installation: people, agents and four months of history,
 * all through the ordinary commands. Takes a few seconds. Throws `refused` when the link does not
 * hold or somebody is here already; a failure in the middle leaves a demo that can be removed.
 */
export async function createDemo(token: string): Promise<DemoIds> {
  const madeAt = new Date()
  return withoutServices(async () => {
    const founded = new Date(madeAt.getTime() - FOUNDED_MS)
    const { value: ids } = await atTime(founded, () => setUpDemo.execute(SETUP, { token }))
    await liveThroughHistory(demoHands(ids, madeAt), ids)
    return ids
  })
}
