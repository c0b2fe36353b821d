import pg from 'pg'

/**
 * A pool of the driver that the job engine needs (graphile-worker speaks node-postgres only).
 * `address` is asked for every new connection, so the pool follows an embedded server to another
 * port. Connection errors never become exceptions of the process, not even while the pool ends;
 * whoever uses a lost connection gets the error. End it with `await pool.end()`.
 */
export function enginePool(address: () => string, max: number): pg.Pool {
  class Client extends pg.Client {
    constructor() {
      super({
        connectionString: libpqAddress(address()),
        connectionTimeoutMillis: 10_000,
        application_name: 'chancery jobs',
      })
      this.on('error', () => undefined)
    }
  }
  const pool = new pg.Pool({ max, Client })
  pool.on('error', () => undefined)
  // graphile-worker warns about a pool on which nobody watches for connections.
  pool.on('connect', () => undefined)
  return pool
}

/** node-postgres reads `sslmode=require` as full verification; we mean what libpq means. */
function libpqAddress(text: string): string {
  const url = new URL(text)
  if (url.searchParams.has('sslmode')) url.searchParams.set('uselibpqcompat', 'true')
  return url.toString()
}
