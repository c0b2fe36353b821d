import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'
import { refused } from '@/lib/core/errors'

// Below the range that systems hand out for outgoing connections, so that the port chosen on the
// first start is still free on later ones.
const FIRST_PORT = 21_000
const LAST_PORT = 28_999
const TRIES = 64

/** Whether nobody listens on this loopback port now. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(false))
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => resolve(true))
    })
  })
}

/** A loopback port that is free now. The server may still lose a race for it: then choose again. */
export async function chooseFreePort(): Promise<number> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const port = randomInt(FIRST_PORT, LAST_PORT + 1)
    if (await isPortFree(port)) return port
  }
  return refused('No free port was found for the built-in database on 127.0.0.1.')
}
