import postgres from 'postgres'
import { ChanceryError } from '@/lib/core/errors'

/**
 * One connection, lent to one borrower at a time. Once its connection is gone it is never used
 * again: postgres.js 3.4 keeps state of the old session across a reconnect (a late ROLLBACK on the
 * closed socket ends the process, and late statements of a dead transaction would run outside it).
 */
export type Lease = {
  client: postgres.Sql
  lost: boolean
  /** Called at most once, in the same tick in which the connection is found closed. */
  onLost: ((error: Error) => void) | null
  bornAt: number
  idleSince: number
}

type Waiter = { take: (lease: Lease) => void; fail: (error: Error) => void }

export type LeasePool = {
  /** Lends a connection for as long as `work` takes. Throws `limit` when none becomes free. */
  use: <T>(work: (lease: Lease) => Promise<T>) => Promise<T>
  /** Refuses new work, waits up to `seconds` for what is under way, then cuts it off. */
  end: (seconds: number) => Promise<void>
}

export type PoolOptions = {
  url: string
  max: number
  connection: postgres.Options<Record<string, never>>
  onClose: () => void
  /** How long a borrower waits while every connection is lent. */
  patienceMs?: number
}

const PATIENCE_MS = 30_000
const MAX_AGE_MS = 30 * 60_000
const MAX_IDLE_MS = 5 * 60_000
const SWEEP_MS = 30_000

/** A pool of connections, opened when needed. Connections that rest for long or are old retire. */
export function leasePool(options: PoolOptions): LeasePool {
  const idle: Lease[] = []
  const all = new Set<Lease>()
  const waiting: Waiter[] = []
  let ended = false

  const lose = (lease: Lease) => {
    if (lease.lost) return
    lease.lost = true
    all.delete(lease)
    const at = idle.indexOf(lease)
    if (at >= 0) idle.splice(at, 1)
    lease.onLost?.(connectionClosed())
    void lease.client.end({ timeout: 0 }).catch(() => undefined)
    const next = ended ? undefined : waiting.shift()
    next?.take(open())
    options.onClose()
  }

  const open = (): Lease => {
    const lease: Lease = {
      client: postgres(options.url, {
        ...options.connection,
        max: 1,
        // Retiring is done here, between borrowers; in there it could hit one.
        idle_timeout: 0,
        max_lifetime: null,
        onclose: () => lose(lease),
      }),
      ...{ lost: false, onLost: null, bornAt: Date.now(), idleSince: 0 },
    }
    all.add(lease)
    return lease
  }

  const acquire = (): Promise<Lease> => {
    if (ended) return Promise.reject(connectionClosed())
    const free = idle.pop()
    if (free) return Promise.resolve(free)
    if (all.size < options.max) return Promise.resolve(open())
    return queueUp(waiting, options.patienceMs ?? PATIENCE_MS)
  }

  const release = (lease: Lease) => {
    lease.onLost = null
    if (lease.lost) return
    if (ended) return lose(lease)
    lease.idleSince = Date.now()
    const next = waiting.shift()
    if (next) next.take(lease)
    else idle.push(lease)
  }

  const sweep = setInterval(() => {
    const now = Date.now()
    for (const lease of [...idle]) {
      if (now - lease.idleSince > MAX_IDLE_MS || now - lease.bornAt > MAX_AGE_MS) lose(lease)
    }
  }, SWEEP_MS)
  sweep.unref()

  return {
    use: async (work) => {
      const lease = await acquire()
      try {
        return await work(lease)
      } finally {
        release(lease)
      }
    },
    end: async (seconds) => {
      ended = true
      clearInterval(sweep)
      for (const waiter of waiting.splice(0)) waiter.fail(connectionClosed())
      for (const lease of [...idle]) lose(lease)
      const busy = [...all].map((lease) => lease.client.end({ timeout: seconds }))
      await Promise.all(busy.map((ending) => ending.catch(() => undefined)))
    },
  }
}

function queueUp(waiting: Waiter[], patienceMs: number): Promise<Lease> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      waiting.splice(waiting.indexOf(waiter), 1)
      reject(new ChanceryError('limit', 'The database is busy. Try again in a moment.'))
    }, patienceMs)
    const waiter: Waiter = {
      take: (lease) => {
        clearTimeout(timer)
        resolve(lease)
      },
      fail: (error) => {
        clearTimeout(timer)
        reject(error)
      },
    }
    waiting.push(waiter)
  })
}

/** The error of everything that was under way on a connection that closed. */
export function connectionClosed(): Error {
  return Object.assign(new Error('The connection to the database was lost.'), {
    code: 'CONNECTION_CLOSED',
  })
}
