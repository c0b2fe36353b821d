'use client'

import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { decodeBytes } from '@/lib/definition/decode'
import { readDefinition } from '@/lib/definition/read'
import { digestOf, fromBase64 } from '../bytes'
import { type Analysis, analyse, type EditorContext } from './analysis'
import type { Code } from './code-view'
import type { EditorProps } from './editor-props'
import type { ApplyEdit } from './form-fields'
import type { Saver, SaveState } from './saver'
import { useSaver } from './use-saver'

/**
 * How long the text must rest before it is read again: typing itself never waits. A long text that
 * takes long to read rests as much longer, so that reading never takes more than a part of the time.
 */
const REST_MS = 150
const REST_SHARE = 4
/** Stands for bytes that are no UTF-8: every text differs from it, so converting is a change. */
const UNREADABLE = '\u0000'

export type TextState = {
  code: RefObject<Code | null>
  /** The text that the editor starts with. */
  first: string
  analysis: Analysis
  digest: string | null
  saver: Saver
  state: SaveState
  /** False while the bytes are not UTF-8 and nobody converted them. */
  readable: boolean
  onChange: (text: string) => void
  apply: ApplyEdit
  replace: (text: string) => void
  /** Ends a conflict with the text that holds from now on. */
  resolve: (text: string) => void
  /** Takes a text that knows of the live version, and says so to the server. */
  mergeWith: (text: string, version: string) => void
  convert: () => void
}

function useContextOf(props: EditorProps): EditorContext {
  const { agent, rules, live, numbers, excuses } = props
  // The server sends new objects with every saved revision; what they say rarely changes.
  const key = JSON.stringify([agent.fileName, live?.digest ?? null, numbers, excuses])
  // biome-ignore lint/correctness/useExhaustiveDependencies: compared by what they say
  return useMemo(
    () => ({
      fileName: agent.fileName,
      rules,
      numbers,
      excuses,
      live: live
        ? {
            number: live.number,
            content: readDefinition(fromBase64(live.bytes), { path: agent.fileName }),
          }
        : null,
    }),
    [key],
  )
}

/** SHA-256 of the text as it is; the stored digest where the browser cannot hash. */
function useDigest(analysis: Analysis, stored: string | null): string | null {
  const [digest, setDigest] = useState(stored)
  useEffect(() => {
    let current = true
    digestOf(analysis.bytes).then((found) => current && setDigest(found ?? stored))
    return () => {
      current = false
    }
  }, [analysis.bytes, stored])
  return digest
}

type Edits = Pick<TextState, 'apply' | 'replace' | 'resolve' | 'mergeWith'>

/** Every way in which something other than typing changes the text: one splice in one history. */
function useEdits(text: {
  code: RefObject<Code | null>
  saver: Saver
  readNow: (text: string) => void
  fileName: string
}): Edits {
  const { code, saver, readNow, fileName } = text
  const replace = useCallback(
    (text: string) => {
      code.current?.replace(text)
      readNow(text)
    },
    [code, readNow],
  )
  const resolve = useCallback(
    (text: string) => {
      saver.resolve(text)
      replace(text)
    },
    [saver, replace],
  )
  const mergeWith = useCallback(
    (text: string, version: string) => {
      saver.merge(text, version)
      replace(text)
    },
    [saver, replace],
  )
  const apply = useCallback<ApplyEdit>(
    (edit) => {
      if (!code.current) return 'The text is not there yet.'
      const now = new TextEncoder().encode(code.current.text())
      const result = edit(readDefinition(now, { path: fileName }))
      if (!result.ok) return result.reason
      replace(decodeBytes(result.bytes).text)
      return null
    },
    [code, fileName, replace],
  )
  return { apply, replace, resolve, mergeWith }
}

/** The text, what is said about it, and what saves it, held together. */
export function useText(props: EditorProps): TextState {
  const [start] = useState(() => {
    const bytes = fromBase64(props.bytes)
    const { text, encoding } = decodeBytes(bytes)
    return { bytes, text, readable: encoding === 'utf-8' }
  })
  const code = useRef<Code | null>(null)
  const [readable, setReadable] = useState(start.readable)
  const [bytes, setBytes] = useState(start.bytes)
  const { saver, state, restored } = useSaver({
    slug: props.agent.slug,
    draftId: props.draft?.id ?? '',
    revision: props.draft?.revision ?? 0,
    savedAt: props.draft?.updatedAt ?? '',
    text: start.readable ? start.text : UNREADABLE,
  })
  const context = useContextOf(props)
  const { analysis, cost } = useMemo(() => {
    const begun = performance.now()
    return { analysis: analyse(bytes, context), cost: performance.now() - begun }
  }, [bytes, context])
  const rest = useRef(REST_MS)
  useEffect(() => {
    rest.current = Math.max(REST_MS, REST_SHARE * cost)
  }, [cost])
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)

  const readNow = useCallback((text: string) => {
    clearTimeout(timer.current)
    setBytes(new TextEncoder().encode(text))
  }, [])
  const onChange = useCallback(
    (text: string) => {
      saver.edit(text)
      clearTimeout(timer.current)
      timer.current = setTimeout(() => readNow(text), rest.current)
    },
    [saver, readNow],
  )
  const edits = useEdits({ code, saver, readNow, fileName: props.agent.fileName })
  const convert = useCallback(() => {
    setReadable(true)
    saver.edit(start.text)
    readNow(start.text)
  }, [saver, start, readNow])
  useEffect(() => {
    if (restored !== null) readNow(restored)
    return () => clearTimeout(timer.current)
  }, [restored, readNow])

  const digest = useDigest(analysis, props.draft?.digest ?? null)
  const first = restored ?? start.text
  return {
    code,
    first,
    analysis,
    digest,
    saver,
    state,
    readable,
    onChange,
    convert,
    ...edits,
  }
}
