import 'server-only'
import type { Sql } from 'postgres'
import { rawSql } from '@/lib/db/client'
import { dataFolder } from '@/lib/db/config'
import type { Signer } from './checkpoint'
import { openCheckpointKey } from './keys'
import { publishHead } from './publisher'
import { integrateAll, readBacklog } from './sequencer'

export type Sequencer = {
  /** Verifier key of the checkpoints that are signed here. */
  vkey: string
  /** Ends after the work in hand; nothing half-done is left either way. */
  stop: () => Promise<void>
}

type Options = {
  /** How often to look without being woken, and at most how often to sign. */
  intervalMs?: number
  sql?: Sql
  dataDir?: string
  onError?: (error: unknown) => void
}

const LONGEST_PAUSE_MS = 30_000

/**
 * Keeps the log: gives waiting facts their place and signs the grown tree, woken by the database
 * when a fact arrives at an empty queue. Safe in any number of processes. Throws `refused` when the
 * checkpoint key is missing or wrong; later errors are reported and tried again, more slowly.
 */
export async function startSequencer(options: Options = {}): Promise<Sequencer> {
  const { intervalMs = 1_000, sql = rawSql(), dataDir = dataFolder() } = options
  const onError = options.onError ?? ((error) => console.error('[audit] sequencer:', error))
  const signer = await openCheckpointKey(sql, { dataDir })
  const bell = makeBell()
  const listening = await sql.listen('audit_pending', bell.ring)
  const round = makeRound({ sql, signer, dataDir, intervalMs })
  let stopped = false
  const loop = (async () => {
    let failures = 0
    while (!stopped) {
      try {
        await round()
        failures = 0
      } catch (error) {
        failures += 1
        if (!stopped) onError(error)
      }
      if (stopped) return
      await bell.wait(Math.min(intervalMs * 2 ** failures, LONGEST_PAUSE_MS))
    }
  })()
  return {
    vkey: signer.vkey,
    stop: async () => {
      stopped = true
      bell.ring()
      await loop
      await listening.unlisten().catch(() => undefined)
    },
  }
}

/** One turn: integrate what waits, then sign if the tree grew and the last note is old enough. */
function makeRound(keeper: { sql: Sql; signer: Signer; dataDir: string; intervalMs: number }) {
  let signedSize = -1
  let signedAt = 0
  return async () => {
    const before = await readBacklog(keeper.sql)
    if (before.waiting) await integrateAll(keeper.sql)
    const { size } = before.waiting ? await readBacklog(keeper.sql) : before
    if (size === signedSize || Date.now() - signedAt < keeper.intervalMs) return
    const publication = await publishHead(keeper.sql, keeper)
    if (publication.state === 'busy') return
    signedAt = Date.now()
    // A log that is not signed for any more is looked at again when it has grown.
    signedSize = publication.state === 'stopped' ? size : (publication.checkpoint?.size ?? 0)
  }
}

/** A pause that can be cut short. A ring during work is kept for the next pause. */
function makeBell() {
  let rung = false
  let wake: (() => void) | null = null
  return {
    ring: () => {
      rung = true
      wake?.()
    },
    wait: async (ms: number) => {
      if (!rung) {
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, ms)
          wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
      rung = false
      wake = null
    },
  }
}
