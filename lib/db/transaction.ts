import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'drizzle-orm'
import { conflict } from '@/lib/core/errors'
import { type Db, db } from './client'

/** An open transaction: everything done through it commits or vanishes together. */
export type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

export type TransactionOptions = {
  isolation?: 'read committed' | 'repeatable read' | 'serializable'
  readOnly?: boolean
  /** Milliseconds that one statement may take; without it the role's own limit holds. */
  statementTimeoutMs?: number
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK = '40P01'
const MAX_RETRIES = 3
const BASE_DELAY_MS = 20

/**
 * Runs `work` in one transaction, read committed unless told otherwise. A deadlock or a
 * serialization failure runs it again, at most three times with a random pause, then throws
 * `conflict`: so `work` must have no effect outside its transaction. Nothing else is repeated; in
 * particular a connection that was cut during COMMIT leaves the outcome unknown
 * (`isConnectionLoss`), and only an idempotency key can tell.
 */
export async function transaction<T>(
  work: (tx: Tx) => Promise<T>,
  options: TransactionOptions = {},
): Promise<T> {
  for (let retries = 0; ; retries++) {
    try {
      return await attempt(work, options)
    } catch (error) {
      const code = dbErrorCode(error)
      if (code !== SERIALIZATION_FAILURE && code !== DEADLOCK) throw error
      if (retries === MAX_RETRIES) {
        return conflict(
          'Somebody else kept changing the same thing. Nothing was changed. Try again.',
        )
      }
      // Losers that all come back at the same moment would meet again.
      await sleep(BASE_DELAY_MS * 2 ** retries * (0.5 + Math.random()))
    }
  }
}

function attempt<T>(work: (tx: Tx) => Promise<T>, options: TransactionOptions): Promise<T> {
  const { isolation, readOnly, statementTimeoutMs } = options
  const limited = async (tx: Tx) => {
    if (statementTimeoutMs !== undefined) {
      await tx.execute(
        sql`select set_config('statement_timeout', ${String(statementTimeoutMs)}, true)`,
      )
    }
    return work(tx)
  }
  // An empty configuration would cost a statement, and an invalid one.
  if (isolation === undefined && readOnly === undefined) return db().transaction(limited)
  return db().transaction(limited, {
    isolationLevel: isolation ?? 'read committed',
    accessMode: readOnly ? 'read only' : 'read write',
  })
}

/** The parts of a postgres.js error that survive every wrapping (Drizzle puts it into `cause`). */
type ServerError = { code: string; constraint: string | undefined }

const SQLSTATE = /^[0-9A-Z]{5}$/

function serverError(error: unknown): ServerError | null {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if (!('severity' in at) || !('code' in at) || typeof at.code !== 'string') continue
    if (!SQLSTATE.test(at.code)) continue
    const constraint = 'constraint_name' in at ? at.constraint_name : undefined
    return { code: at.code, constraint: typeof constraint === 'string' ? constraint : undefined }
  }
  return null
}

/** SQLSTATE of an error that PostgreSQL raised, through any wrapping; `null` for other errors. */
export function dbErrorCode(error: unknown): string | null {
  return serverError(error)?.code ?? null
}

/**
 * Name of the constraint that refused a write (unique, foreign key, check, exclusion, not null:
 * SQLSTATE class 23); `null` for every other error.
 */
export function violatedConstraint(error: unknown): string | null {
  const found = serverError(error)
  return found?.code.startsWith('23') ? (found.constraint ?? null) : null
}

const LOST = new Set([
  ...['CONNECTION_CLOSED', 'CONNECTION_ENDED', 'CONNECTION_DESTROYED', 'CONNECT_TIMEOUT'],
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT'],
  // The server ended the session: shutdown, crash of a sibling, or still starting.
  ...['57P01', '57P02', '57P03', '08000', '08003', '08006'],
])

/**
 * Whether the error means that the connection was lost or never came to be. If it hit a COMMIT,
 * nobody knows whether that commit happened: read again by idempotency key before repeating.
 */
export function isConnectionLoss(error: unknown): boolean {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if ('code' in at && typeof at.code === 'string' && LOST.has(at.code)) return true
  }
  return false
}
