'use client'

import { type RefObject, useEffect, useRef } from 'react'
import type { CompletionPort } from './code-completion'
import { type Code, createCode } from './code-view'

type Props = {
  code: RefObject<Code | null>
  text: string
  separator: '\n' | '\r\n' | '\r'
  fileName: string
  label: string
  readOnly: boolean
  nonce: string
  completion: CompletionPort
  onCursor: (line: number) => void
  onChange: (text: string) => void
  onBlur: () => void
}

/** Holds the editor; everything else reaches it through `code`. The text is read once, at first. */
export function CodePane(props: Props) {
  const host = useRef<HTMLDivElement>(null)
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    if (!host.current) return
    const { code, text, separator, fileName, label, readOnly, nonce, completion } = latest.current
    const made = createCode({
      parent: host.current,
      ...{ text, separator, fileName, label, readOnly, nonce, completion },
      onCursor: (line) => latest.current.onCursor(line),
      onChange: (next) => latest.current.onChange(next),
      onBlur: () => latest.current.onBlur(),
    })
    code.current = made
    return () => {
      code.current = null
      made.destroy()
    }
  }, [])
  useEffect(() => props.code.current?.setReadOnly(props.readOnly), [props.code, props.readOnly])
  return <div ref={host} className="min-h-0 flex-1 overflow-hidden [&>.cm-editor]:h-full" />
}
