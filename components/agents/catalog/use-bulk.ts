'use client'

import { useCallback, useState } from 'react'
import { announce } from '@/components/ui/announce'
import { BULK_SLICE, type BulkAnswer, type BulkOutcome } from '@/lib/agents/model'
import type { Failure } from '@/lib/core/result'
import { saveZip } from './zip'

/** What is done with the selection; the words say it in the past once it is. */
export type BulkVerb =
  | { verb: 'assign'; ownerId?: string | null; sponsorId?: string | null; departmentId?: string }
  | { verb: 'check' }
  | { verb: 'export' }
export type BulkTask = { what: BulkVerb; words: string }
export type NamedOutcome = BulkOutcome & { slug: string }

export type Bulk = {
  task: BulkTask | null
  outcomes: readonly NamedOutcome[]
  total: number
  working: boolean
  problem: string | null
  start: (task: BulkTask, chosen: ReadonlyMap<string, string>) => Promise<void>
  close: () => void
}

const LOST =
  'The server did not answer. What is listed is done; the rest was not tried or is not known. Starting again does nothing twice where nothing is to change.'

type State = Omit<Bulk, 'start' | 'close'>
const NOTHING: State = { task: null, outcomes: [], total: 0, working: false, problem: null }

/** Sends a selection slice by slice and keeps the outcome of every agent as it comes. */
export function useBulk(onDone: () => void): Bulk {
  const [state, setState] = useState<State>(NOTHING)
  const start = useCallback(
    async (task: BulkTask, chosen: ReadonlyMap<string, string>) => {
      const ids = [...chosen.keys()]
      const begun = { ...NOTHING, task, total: ids.length }
      setState({ ...begun, working: true })
      const outcomes: NamedOutcome[] = []
      const files: BulkAnswer['files'] = []
      let problem: string | null = null
      for (let at = 0; at < ids.length && problem === null; at += BULK_SLICE) {
        const answer = await send(task.what, ids.slice(at, at + BULK_SLICE))
        if (typeof answer === 'string') problem = answer
        else {
          files.push(...answer.files)
          outcomes.push(
            ...answer.outcomes.map((one) => ({ ...one, slug: chosen.get(one.agentId) ?? '' })),
          )
        }
        setState({ ...begun, outcomes: [...outcomes], working: true, problem })
      }
      if (files.length > 0) problem = (await saveZip(files)) ?? problem
      setState({ ...begun, outcomes, working: false, problem })
      announce(spoken(outcomes))
      if (task.what.verb !== 'export') onDone()
    },
    [onDone],
  )
  const close = useCallback(() => setState(NOTHING), [])
  return { ...state, start, close }
}

/** "12 done, 1 unchanged, 2 refused": the sum of the outcomes. */
export function spoken(outcomes: readonly BulkOutcome[]): string {
  const count = (what: BulkOutcome['outcome']) =>
    outcomes.filter((one) => one.outcome === what).length
  return `${count('done')} done, ${count('unchanged')} unchanged, ${count('refused')} refused`
}

/** The answer to one slice, or a sentence when there is none. The same slice keeps its key. */
async function send(what: BulkVerb, agentIds: string[]): Promise<BulkAnswer | string> {
  const body = JSON.stringify({ ...what, agentIds, key: crypto.randomUUID() })
  for (let attempt = 0; attempt < 2; attempt += 1) {
    try {
      const response = await fetch('/api/console/agents/bulk', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body,
      })
      const answer = (await response.json()) as BulkAnswer | Failure
      return 'outcomes' in answer ? answer : answer.error.message
    } catch {
      // Asked once more under the same key: what was done is answered, not done again.
    }
  }
  return LOST
}
