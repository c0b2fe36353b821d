import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { watchChanges } from './watch-changes'

type Answer = { status: number; body?: unknown }
const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) server.closeAllConnections()
})

/** A server that gives these answers in turn and then holds every request for ever. */
async function serverOf(answers: Answer[]) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    const next = answers[asked.length - 1]
    if (next) response.writeHead(next.status).end(JSON.stringify(next.body ?? {}))
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/changes`, asked }
}

async function watched(answers: Answer[], until: (log: string[]) => boolean) {
  const { url, asked } = await serverOf(answers)
  const life = new AbortController()
  const log: string[] = []
  const note = (line: string) => {
    log.push(line)
    if (until(log)) life.abort()
  }
  await watchChanges({
    ...{ url, seen: 3, signal: life.signal, pauseMs: 5 },
    onChange: (facts) => note(`facts ${facts}`),
    onState: (state) => note(state),
  })
  return { log, asked }
}

test('each new fact is told once, and the next question starts from it', async () => {
  const { log, asked } = await watched(
    [
      { status: 200, body: { facts: 3 } },
      { status: 200, body: { facts: 5 } },
      { status: 200, body: { facts: 5 } },
      { status: 200, body: { facts: 6 } },
    ],
    (lines) => lines.includes('facts 6'),
  )
  expect(log).toEqual(['facts 5', 'facts 6'])
  expect(asked).toEqual([
    '/changes?after=3',
    '/changes?after=3',
    '/changes?after=5',
    '/changes?after=5',
  ])
})

test('a server that fails is said to be lost once, asked again, and said to be back', async () => {
  const { log } = await watched(
    [{ status: 500 }, { status: 502 }, { status: 200, body: { facts: 4 } }],
    (lines) => lines.includes('facts 4'),
  )
  expect(log).toEqual(['lost', 'live', 'facts 4'])
})

test('a server that is not there is said to be lost', async () => {
  const life = new AbortController()
  const log: string[] = []
  await watchChanges({
    ...{ url: 'http://127.0.0.1:1/changes', seen: 0, signal: life.signal, pauseMs: 5 },
    onChange: () => undefined,
    onState: (state) => {
      log.push(state)
      life.abort()
    },
  })
  expect(log).toEqual(['lost'])
})

test('who was signed out is told, and asked no more', async () => {
  const { log, asked } = await watched([{ status: 401 }], () => false)
  expect([log, asked.length]).toEqual([['signed-out'], 1])
})
