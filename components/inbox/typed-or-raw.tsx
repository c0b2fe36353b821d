'use client'

import { type ReactNode, useState } from 'react'

/** The same payload as typed arguments or as the exact text that was sent. */
export function TypedOrRaw(props: {
  head: ReactNode
  typed: ReactNode
  raw: ReactNode
  copy: string
}) {
  const [raw, setRaw] = useState(false)
  const word = (label: string, on: boolean) => (
    <button
      type="button"
      aria-pressed={raw === on}
      onClick={() => setRaw(on)}
      className={`min-h-6 rounded-tag px-1 max-sm:min-h-11 ${raw === on ? 'font-medium text-ink' : 'text-acc hover:underline'}`}
    >
      {label}
    </button>
  )
  return (
    <>
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 border-b border-line-2 bg-code px-3">
        {props.head}
        <span className="ml-auto flex items-center gap-2 text-meta">
          {word('Typed', false)}
          {word('Raw', true)}
          <button
            type="button"
            data-copy={props.copy}
            className="min-h-6 rounded-tag px-1 text-ink-2 hover:text-ink max-sm:min-h-11"
          >
            Copy
          </button>
        </span>
      </div>
      {raw ? props.raw : props.typed}
    </>
  )
}
