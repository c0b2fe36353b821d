import { type AddressInfo, createServer, connect as dial, type Socket } from 'node:net'

/** A TCP relay in front of PostgreSQL that can cut connections at a chosen moment. */
export type CuttingProxy = {
  /** The same address through the relay. */
  url: string
  /** Cuts the client off as soon as it has sent these bytes; the server still receives them. */
  cutAfter: (text: string) => void
  close: () => Promise<void>
}

/** Starts a relay to the server of `url` on a free port. */
export async function cuttingProxy(url: string): Promise<CuttingProxy> {
  const target = new URL(url)
  const sockets = new Set<Socket>()
  let trigger: string | null = null
  const server = createServer((client) => {
    const upstream = dial(Number(target.port), target.hostname)
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.on('error', () => socket.destroy())
      socket.on('close', () => sockets.delete(socket))
    }
    client.on('data', (chunk) => {
      if (trigger !== null && chunk.includes(trigger)) {
        trigger = null
        // The answer is thrown away, so the client cannot know that the server obeyed.
        upstream.removeAllListeners('data')
        upstream.write(chunk, () => client.resetAndDestroy())
        return
      }
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => client.write(chunk))
    client.on('close', () => setTimeout(() => upstream.end(), 200))
    upstream.on('close', () => client.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const through = new URL(url)
  through.port = String((server.address() as AddressInfo).port)
  return {
    url: through.toString(),
    cutAfter: (text) => {
      trigger = text
    },
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
