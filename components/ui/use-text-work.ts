'use client'

import { useEffect, useMemo, useState } from 'react'
import { isShort, type TextAnswer, type TextJob, workOn } from './text-work'

/** After this long a comparison is ended, and the screen says so. */
const BUDGET_MS = 8_000

/** `late`: the budget was used up; `failed`: the worker did not start, or broke. */
export type Worked<Answer> =
  | { state: 'done'; answer: Answer }
  | { state: 'working' | 'late' | 'failed' }

/**
 * The answer to a comparison of texts. Short ones are there at once; long ones are computed in a
 * worker that is ended when the job changes or its time is up. Keep the job the same object.
 */
export function useTextWork<Job extends TextJob>(job: Job): Worked<TextAnswer<Job>> {
  const short = isShort(job)
  const atOnce = useMemo(() => (short ? workOn(job) : null), [job, short])
  const [found, setFound] = useState<{ job: Job; worked: Worked<TextAnswer<Job>> } | null>(null)
  useEffect(() => {
    if (short) return
    const settle = (worked: Worked<TextAnswer<Job>>) => {
      end()
      setFound({ job, worked })
    }
    const worker = new Worker(new URL('./text-worker.ts', import.meta.url), { type: 'module' })
    const timer = setTimeout(() => settle({ state: 'late' }), BUDGET_MS)
    const end = () => {
      clearTimeout(timer)
      worker.terminate()
    }
    worker.onmessage = (event: MessageEvent<TextAnswer<Job>>) =>
      settle({ state: 'done', answer: event.data })
    worker.onerror = () => settle({ state: 'failed' })
    worker.postMessage(job)
    return end
  }, [job, short])
  if (atOnce !== null) return { state: 'done', answer: atOnce }
  return found?.job === job ? found.worked : { state: 'working' }
}
