import postgres, { type Sql, type TransactionSql } from 'postgres'
import { ChanceryError, refused } from '@/lib/core/errors'
import { connectionClosed, type Lease, leasePool } from './leases'

export type GuardedOptions = { url: string; max: number; name: string; onClose: () => void }

/** A postgres.js query before it ran: who would run it, and how to settle it without. */
type Pending = Promise<unknown> & {
  handler: (query: Pending) => void
  streaming?: boolean
  reject: (error: unknown) => void
}

const STREAM = 'Open a stream inside begin().'

type Begin = (tx: TransactionSql) => unknown

/**
 * A postgres.js client with the whole interface of one, whose queries and transactions each borrow
 * a connection of a `leasePool`. When a connection is lost: whatever was under way on it fails with
 * `CONNECTION_CLOSED`, later statements of that transaction fail too and never reach another
 * session, and the next query gets a new connection. Not offered: `reserve`, `subscribe`, and
 * streams (`readable`, `writable`) outside a transaction.
 */
export function guardedClient(options: GuardedOptions): Sql {
  const connection: postgres.Options<Record<string, never>> = {
    connect_timeout: 10,
    onnotice: () => undefined,
    connection: { application_name: options.name },
  }
  // Never connects by itself (LISTEN has a connection of its own in there): it makes the query
  // objects, and it carries the parsers, which every lease shares.
  const model = postgres(options.url, { ...connection, max: 1 })
  const pool = leasePool({ ...options, connection })

  const adopt = (query: Pending): Pending => {
    query.handler = (self) => {
      // A stream outlives its query's promise, and with it the loan.
      if (self.streaming) return self.reject(new ChanceryError('refused', STREAM))
      pool
        .use((lease) => {
          const handler = handlerOf(model, lease.client)
          lease.onLost = self.reject
          const settled = new Promise<void>((done) => {
            const finish = () => done()
            Promise.prototype.then.call(self, finish, finish)
          })
          handler(self)
          return settled
        })
        .catch(self.reject)
    }
    return query
  }

  const begin = (...input: [Begin] | [string, Begin]) => {
    const [mode, work] = input.length === 1 ? ['', input[0]] : input
    return pool.use((lease) => {
      handlerOf(model, lease.client)
      return failWhenLost(lease, () =>
        lease.client.begin(mode, (tx) => settleUnlessLost(lease, () => work(guard(lease, tx)))),
      )
    })
  }

  const unsafe = (...input: Parameters<Sql['unsafe']>) =>
    adopt(model.unsafe(...input) as unknown as Pending)

  const own: Record<PropertyKey, unknown> = {
    begin,
    unsafe,
    file: (...input: Parameters<Sql['file']>) => adopt(model.file(...input) as unknown as Pending),
    notify: (channel: string, payload: string) =>
      unsafe('select pg_notify($1, $2)', [channel, payload]),
    reserve: () => refused('A connection is borrowed with begin(), for one transaction.'),
    subscribe: () => refused('Logical replication is not offered here.'),
    close: () => pool.end(0),
    end: async ({ timeout = 0 }: { timeout?: number } = {}) => {
      await Promise.all([pool.end(timeout), model.end({ timeout })])
    },
  }

  return new Proxy(model, {
    apply: (target, self, input: unknown[]) => {
      const made: unknown = Reflect.apply(target, self, input)
      return isTemplate(input[0]) ? adopt(made as Pending) : made
    },
    get: (target, key) => (key in own ? own[key] : Reflect.get(target, key)),
  })
}

function isTemplate(value: unknown): boolean {
  return Array.isArray(value) && 'raw' in value
}

const handlers = new WeakMap<Sql, Pending['handler']>()

/**
 * Prepares a leased client once: Drizzle changes the parsers of the client that it is given, so the
 * leases follow the model. Returns what runs a query there, taken from a query that never runs.
 */
function handlerOf(model: Sql, client: Sql): Pending['handler'] {
  const known = handlers.get(client)
  if (known) return known
  Object.assign(client.options.parsers, model.options.parsers)
  Object.assign(client.options.serializers, model.options.serializers)
  const { handler } = client.unsafe('select 1') as unknown as Pending
  handlers.set(client, handler)
  return handler
}

function failWhenLost<T>(lease: Lease, work: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const outer = lease.onLost
    lease.onLost = (error) => {
      outer?.(error)
      reject(error)
    }
    work().then(resolve, reject)
  })
}

/**
 * Runs the body of a transaction. On a lost connection it never settles, so that postgres.js never
 * issues its ROLLBACK or COMMIT there; the transaction as a whole has failed already.
 */
function settleUnlessLost<T>(lease: Lease, work: () => T): Promise<T> {
  return new Promise((resolve, reject) => {
    const settle = async () => {
      const made: unknown = work()
      return (Array.isArray(made) ? Promise.all(made) : made) as T
    }
    settle().then(
      (value) => {
        if (!lease.lost) resolve(value)
      },
      (error: unknown) => {
        if (!lease.lost) reject(error)
      },
    )
  })
}

/** The transaction as its body sees it: after the connection is lost every statement fails. */
function guard(lease: Lease, tx: TransactionSql): TransactionSql {
  const savepoint = (...input: [Begin] | [string, Begin]) => {
    const work = input.length === 1 ? input[0] : input[1]
    const body: Begin = (inner) =>
      settleUnlessLost(lease, () => work(guard(lease, inner as TransactionSql)))
    return failWhenLost(lease, () =>
      input.length === 1 ? tx.savepoint(body) : tx.savepoint(input[0], body),
    )
  }
  return new Proxy(tx, {
    apply: (target, self, input: unknown[]) =>
      lease.lost && isTemplate(input[0]) ? failed() : Reflect.apply(target, self, input),
    get: (target, key) => {
      if (key === 'savepoint') return savepoint
      if (lease.lost && (key === 'unsafe' || key === 'file')) return failed
      return Reflect.get(target, key)
    },
  })
}

/** A query that has failed before it began, whichever way it is consumed. */
function failed(): unknown {
  const rejected = () => Promise.reject(connectionClosed())
  const query: unknown = new Proxy(rejected, {
    get: (_, key) => {
      if (key === 'then') {
        return (...on: Parameters<Promise<unknown>['then']>) => rejected().then(...on)
      }
      if (key === 'catch') return (on: (error: unknown) => unknown) => rejected().catch(on)
      if (key === 'finally') return (on: () => void) => rejected().finally(on)
      if (key === Symbol.asyncIterator) return () => ({ next: rejected })
      return () => query
    },
  })
  return query
}
