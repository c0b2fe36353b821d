'use client'

import { useCallback, useRef, useState } from 'react'
import { announce } from '@/components/ui/announce'
import type { ImportedFile } from '@/lib/agents/commands/import-file'
import type { Result } from '@/lib/core/result'
import { toBase64 } from '../bytes'
import { addItems, batchesOf, countItems, type IntakeItem, type Sendable } from './intake'

type Answer = { results: Result<ImportedFile>[] }

export type Import = {
  items: readonly IntakeItem[]
  add: (more: readonly IntakeItem[]) => void
  clear: () => void
  send: (departmentId: string) => Promise<void>
  sending: boolean
  /** Why the last batch was not taken as a whole; its files are kept and can be sent again. */
  problem: string | null
}

const LOST =
  'The server did not answer. What was imported stays, the rest is kept here. Sending again imports nothing twice.'

/**
 * Sends batches one after another; files that were not answered stay and can be sent again.
 * `onDone` is called after a round in which every file was answered.
 */
export function useImport(onDone?: () => void): Import {
  const [items, setItems] = useState<readonly IntakeItem[]>([])
  const [sending, setSending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const latest = useRef(items)
  const update = useCallback((next: readonly IntakeItem[]) => {
    latest.current = next
    setItems(next)
  }, [])
  const add = useCallback(
    (more: readonly IntakeItem[]) => update(addItems(latest.current, more)),
    [update],
  )
  const clear = useCallback(() => {
    update([])
    setProblem(null)
  }, [update])
  const send = useCallback(
    async (departmentId: string) => {
      setSending(true)
      setProblem(null)
      for (const batch of batchesOf(latest.current)) {
        update(marked(latest.current, batch, 'sending'))
        const answer = await post(departmentId, batch)
        if (typeof answer === 'string') {
          update(marked(latest.current, batch, 'lost'))
          setProblem(answer)
          break
        }
        update(settled(latest.current, batch, answer))
      }
      setSending(false)
      const { imported, unchanged, refused, lost } = countItems(latest.current)
      announce(`${imported} imported, ${unchanged} unchanged, ${refused} refused.`)
      // Without a connection a refresh would throw away the list that is waiting to be sent.
      if (lost === 0) onDone?.()
    },
    [update, onDone],
  )
  return { items, add, clear, send, sending, problem }
}

/** The results of a batch, or a sentence when it was not taken at all. */
async function post(departmentId: string, batch: readonly Sendable[]): Promise<Answer | string> {
  const files = batch.map(({ path, bytes }) => ({ path, bytes: toBase64(bytes) }))
  try {
    const response = await fetch('/api/console/agents/import', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ departmentId, files }),
    })
    const body = (await response.json()) as Answer | Extract<Result<never>, { ok: false }>
    return 'results' in body ? body : body.error.message
  } catch {
    return LOST
  }
}

function marked(
  items: readonly IntakeItem[],
  batch: readonly Sendable[],
  state: 'sending' | 'lost',
): IntakeItem[] {
  const sent = new Map(batch.map((item) => [item.path, item.bytes]))
  return items.map((item) => {
    const bytes = sent.get(item.path)
    return bytes === undefined ? item : { path: item.path, state, bytes }
  })
}

function settled(
  items: readonly IntakeItem[],
  batch: readonly Sendable[],
  answer: Answer,
): IntakeItem[] {
  const found = new Map(batch.map((item, index) => [item.path, answer.results[index]]))
  return items.map((item) => {
    const result = found.get(item.path)
    if (result === undefined) return item
    return result.ok
      ? { path: item.path, state: 'done', result: result.value }
      : { path: item.path, state: 'refused', reason: result.error.message }
  })
}
