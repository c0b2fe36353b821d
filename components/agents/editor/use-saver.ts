'use client'

import { useEffect, useRef, useState } from 'react'
import { saveDraft } from '@/lib/agents/actions'
import type { StoredDraft } from '@/lib/agents/queries/draft'
import { decodeBytes } from '@/lib/definition/decode'
import { fromBase64, toBase64 } from '../bytes'
import { keeperOf, keepText, keptText } from './kept-text'
import { Saver, type SaveState, type SendAnswer, type Stored, type Theirs } from './saver'

const NO_ANSWER = 'The server did not answer. Your text is kept on this device.'

async function send(
  draftId: string,
  change: Stored & { mergedWith?: string },
): Promise<SendAnswer> {
  const bytes = toBase64(new TextEncoder().encode(change.text))
  const { revision, mergedWith } = change
  const input = { draftId, revision, bytes, ...(mergedWith ? { mergedWith } : {}) }
  const result = await saveDraft(input).catch(() => null)
  if (result === null) return { kind: 'lost', reason: NO_ANSWER }
  if (result.ok) {
    return { kind: 'saved', revision: result.value.revision, at: result.value.savedAt }
  }
  const { code, message, data } = result.error
  if (code === 'conflict' && data?.revision !== undefined) return { kind: 'conflict' }
  const passing = code === 'internal' || code === 'unauthenticated' || code === 'limit'
  return { kind: passing ? 'lost' : 'refused', reason: message }
}

/** What is stored now, and what we started from. Throws when the server does not answer. */
async function readStored(slug: string, revision: number): Promise<Theirs> {
  const address = `/api/console/agents/${slug}/draft?base=${revision}`
  const response = await fetch(address, { cache: 'no-store' })
  if (!response.ok) throw new Error(String(response.status))
  const found = (await response.json()) as StoredDraft
  const textOf = (bytes: string) => decodeBytes(fromBase64(bytes)).text
  return {
    revision: found.revision,
    text: textOf(found.bytes),
    base: found.base === null ? null : textOf(found.base),
    by: found.editor,
    at: found.savedAt,
  }
}

type Start = { slug: string; draftId: string; revision: number; text: string; savedAt: string }

export type Saving = {
  saver: Saver
  state: SaveState
  /** A text of this device that the server does not have; shown and saved at once. */
  restored: string | null
}

/**
 * One saver for the life of the editor. A text that an earlier visit could not save is taken up
 * again; when somebody saved in between, that becomes the conflict it is.
 */
export function useSaver(start: Start): Saving {
  const [state, setState] = useState<SaveState>({ kind: 'saved', at: start.savedAt })
  const made = useRef<{ saver: Saver; restored: string | null } | null>(null)
  if (made.current === null) {
    const kept = keptText(start.draftId)
    const differs = kept !== null && kept.text !== start.text
    if (kept !== null && !differs) keepText(start.draftId, null)
    const saver = new Saver(
      {
        send: (change) => send(start.draftId, change),
        readStored: (revision) => readStored(start.slug, revision),
        keep: keeperOf(start.draftId),
        // The same news at every key would draw the whole screen at every key.
        onState: (next) =>
          setState((known) => (known.kind === 'unsaved' && next.kind === 'unsaved' ? known : next)),
      },
      {
        text: start.text,
        revision: differs ? kept.revision : start.revision,
        at: start.savedAt,
      },
    )
    made.current = { saver, restored: differs ? kept.text : null }
  }
  const { saver, restored } = made.current
  useEffect(() => {
    if (restored !== null) saver.edit(restored)
    const leave = (event: BeforeUnloadEvent) => {
      if (!saver.isDirty()) return
      void saver.flush()
      event.preventDefault()
    }
    const retry = () => void saver.flush()
    window.addEventListener('beforeunload', leave)
    window.addEventListener('online', retry)
    document.addEventListener('visibilitychange', retry)
    return () => {
      window.removeEventListener('beforeunload', leave)
      window.removeEventListener('online', retry)
      document.removeEventListener('visibilitychange', retry)
      void saver.flush()
      saver.stop()
    }
  }, [saver, restored])
  return { saver, state, restored }
}
