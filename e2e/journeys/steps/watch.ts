import type { BrowserContext } from '@playwright/test'

/** Everything that a browser complained about, with the address where it happened. */
export type Watch = {
  complaints: string[]
  /** Runs `work` while answers of this kind may fail on purpose: a refused save, a dead server. */
  expecting: <T>(reason: RegExp, work: () => Promise<T>) => Promise<T>
}

/** Listens on every page of a context, also on those that open later. */
export function watch(context: BrowserContext, name: string): Watch {
  const complaints: string[] = []
  const expected: RegExp[] = []
  const note = (where: string, what: string) => {
    if (expected.some((reason) => reason.test(what))) return
    complaints.push(`${name} at ${where}: ${what}`)
  }
  context.on('console', (message) => {
    if (message.type() !== 'error' && message.type() !== 'warning') return
    note(message.page()?.url() ?? '', `${message.type()}: ${message.text()}`)
  })
  context.on('weberror', (error) => note(error.page()?.url() ?? '', String(error.error())))
  return {
    complaints,
    expecting: async (reason, work) => {
      expected.push(reason)
      try {
        return await work()
      } finally {
        // What the browser still has to say about it arrives a moment later.
        await new Promise((go) => setTimeout(go, 300))
        expected.splice(expected.indexOf(reason), 1)
      }
    },
  }
}
