import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Saver, type SaveState, type SendAnswer, type Stored } from './saver'

/** The rule of the real command: a stale revision conflicts, the same text changes nothing. */
class Server {
  stored: Stored = { text: 'start', revision: 1 }
  history: string[] = ['start']
  /** What happens to the next answers: applied and answered, lost after applying, never arrived. */
  weather: ('fine' | 'lost-after' | 'lost-before')[] = []

  save(change: Stored): SendAnswer {
    if (change.text === this.stored.text) {
      return { kind: 'saved', revision: this.stored.revision, at: 'then' }
    }
    if (change.revision !== this.stored.revision) return { kind: 'conflict' }
    this.store(change.text)
    return { kind: 'saved', revision: this.stored.revision, at: 'now' }
  }
  store(text: string) {
    this.stored = { text, revision: this.stored.revision + 1 }
    this.history.push(text)
  }
  async receive(change: Stored): Promise<SendAnswer> {
    const weather = this.weather.shift() ?? 'fine'
    await new Promise((resolve) => setTimeout(resolve, 100))
    if (weather === 'lost-before') return { kind: 'lost', reason: 'No connection.' }
    const answer = this.save(change)
    return weather === 'fine' ? answer : { kind: 'lost', reason: 'No answer.' }
  }
}

function open(server: Server) {
  const seen: SaveState[] = []
  let kept: Stored | null = null
  const saver = new Saver(
    {
      send: (change) => server.receive(change),
      readStored: async (revision) => ({
        ...server.stored,
        by: 'Ines',
        at: 'then',
        base: server.history[revision - 1] ?? null,
      }),
      keep: (change) => {
        kept = change
      },
      onState: (state) => seen.push(state),
    },
    { ...server.stored, at: null },
  )
  return { saver, seen, kept: () => kept, state: () => seen.at(-1) }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('saving what is typed', () => {
  test('saves once, two seconds after the last key', async () => {
    const server = new Server()
    const { saver, state } = open(server)
    saver.edit('a')
    await vi.advanceTimersByTimeAsync(1_900)
    saver.edit('ab')
    await vi.advanceTimersByTimeAsync(1_900)
    expect(server.history).toEqual(['start'])
    await vi.advanceTimersByTimeAsync(300)
    expect(server.history).toEqual(['start', 'ab'])
    expect(state()).toEqual({ kind: 'saved', at: 'now' })
  })

  test('what is typed while saving is saved next, on the new revision', async () => {
    const server = new Server()
    const { saver, state, kept } = open(server)
    saver.edit('one')
    await vi.advanceTimersByTimeAsync(2_050)
    saver.edit('two')
    await vi.advanceTimersByTimeAsync(100)
    expect(state()).toEqual({ kind: 'unsaved' })
    expect(kept()).toEqual({ text: 'two', revision: 2 })
    await vi.advanceTimersByTimeAsync(3_000)
    expect(server.history).toEqual(['start', 'one', 'two'])
    expect(kept()).toBeNull()
  })

  test('a lost answer is tried again and is no conflict with oneself', async () => {
    const server = new Server()
    server.weather = ['lost-after']
    const { saver, state } = open(server)
    saver.edit('one')
    await vi.advanceTimersByTimeAsync(2_200)
    expect(state()).toMatchObject({ kind: 'failed', retries: true })
    saver.edit('one more')
    await vi.advanceTimersByTimeAsync(10_000)
    expect(state()).toMatchObject({ kind: 'saved' })
    expect(server.history).toEqual(['start', 'one', 'one more'])
  })

  test('somebody else’s text is a conflict; both texts stay until a person chooses', async () => {
    const server = new Server()
    const { saver, state, kept } = open(server)
    server.store('theirs')
    saver.edit('mine')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(state()).toEqual({
      kind: 'conflict',
      theirs: { text: 'theirs', revision: 2, by: 'Ines', at: 'then', base: 'start' },
      base: 'start',
    })
    saver.edit('mine, longer')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(server.history).toEqual(['start', 'theirs'])
    expect(kept()?.text).toBe('mine, longer')
    saver.resolve('both texts, merged')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(server.history).toEqual(['start', 'theirs', 'both texts, merged'])
  })

  test('taking theirs sends nothing and goes on from their revision', async () => {
    const server = new Server()
    const { saver } = open(server)
    server.store('theirs')
    saver.edit('mine')
    await vi.advanceTimersByTimeAsync(3_000)
    saver.resolve('theirs')
    saver.edit('theirs and more')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(server.history).toEqual(['start', 'theirs', 'theirs and more'])
  })

  test('a merge with the live version is told to the server, even when no word changed', async () => {
    const server = new Server()
    const told: (string | undefined)[] = []
    const receive = server.receive.bind(server)
    server.receive = (change: Stored & { mergedWith?: string }) => {
      told.push(change.mergedWith)
      return receive(change)
    }
    const { saver, state } = open(server)
    server.weather = ['lost-before']
    saver.merge('start', 'v2')
    await vi.advanceTimersByTimeAsync(20_000)
    expect(told).toEqual(['v2', 'v2'])
    expect(state()).toMatchObject({ kind: 'saved' })
    saver.edit('more')
    await vi.advanceTimersByTimeAsync(3_000)
    expect(told).toEqual(['v2', 'v2', undefined])
  })

  test('flush stores at once and says whether it did', async () => {
    const server = new Server()
    const { saver } = open(server)
    saver.edit('now')
    const done = saver.flush()
    await vi.advanceTimersByTimeAsync(150)
    expect(await done).toBe(true)
    server.weather = ['lost-before']
    saver.edit('later')
    const failed = saver.flush()
    await vi.advanceTimersByTimeAsync(150)
    expect(await failed).toBe(false)
    expect(saver.isDirty()).toBe(true)
  })

  test('in any weather the last text is stored in the end, unsaved text is kept, and nobody is overwritten', async () => {
    const weather = fc.constantFrom('fine', 'lost-after', 'lost-before' as const)
    const step = fc.oneof(
      fc.record({
        type: fc.stringMatching(/^[a-c]{1,3}$/),
        wait: fc.integer({ max: 9_000, min: 0 }),
      }),
      fc.record({
        theirs: fc.stringMatching(/^[A-C]{1,3}$/),
        wait: fc.integer({ max: 9_000, min: 0 }),
      }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(weather), fc.array(step, { maxLength: 12 }), async (sky, steps) => {
        const server = new Server()
        server.weather = [...sky] as Server['weather']
        const { saver, state, kept } = open(server)
        let mine = 'start'
        const others: string[] = []
        for (const one of steps) {
          if ('type' in one) {
            mine = `${mine}${one.type}`
            saver.edit(mine)
            if (saver.isDirty()) expect(kept()?.text).toBe(mine)
          } else {
            server.store(`${server.stored.text}${one.theirs}`)
            others.push(server.stored.text)
          }
          await vi.advanceTimersByTimeAsync(one.wait)
          const now = state()
          // Nobody else's text is ever replaced without a person having seen it.
          if (now?.kind === 'conflict') {
            expect(server.stored.text).toBe(now.theirs.text)
            saver.resolve(mine)
          }
        }
        for (let n = 0; n < 30; n++) {
          await vi.advanceTimersByTimeAsync(60_000)
          if (state()?.kind === 'conflict') saver.resolve(mine)
        }
        saver.stop()
        expect(server.history).toContain(mine)
        expect(kept()).toBeNull()
        for (const text of others) expect(server.history).toContain(text)
      }),
      { numRuns: 200 },
    )
  })
})
