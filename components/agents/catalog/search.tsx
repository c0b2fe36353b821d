'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { KeyHint } from '@/components/ui/key-hint'
import { useKeys } from '@/components/ui/keyboard'
import { type CatalogPlace, hrefOf, parseText, textOf } from './address'

/**
 * The same filters as text, reached with `/`. Enter asks, Esc gives the list its focus back. A plain
 * form without script.
 */
export function CatalogSearch(props: { place: CatalogPlace }) {
  const { place } = props
  const router = useRouter()
  const input = useRef<HTMLInputElement>(null)
  const asked = textOf(place.filters)
  // Out of focus it stays empty: the chips beside it already say what is asked.
  const [text, setText] = useState('')
  const [focused, setFocused] = useState(false)
  useKeys('Agents', [
    { keys: '/', label: 'Filter by text', run: () => input.current?.focus() },
    { keys: 'e', label: 'Edit the draft of the row', run: () => editRow(router.push) },
    {
      keys: 'backspace',
      label: 'Clear all filters',
      run: () => router.push(hrefOf({ ...place, filters: {}, cursor: null })),
    },
  ])
  return (
    <search>
      <form
        action="/agents"
        className="relative"
        onSubmit={(event) => {
          event.preventDefault()
          router.push(hrefOf({ ...place, filters: parseText(text), cursor: null }))
          input.current?.blur()
        }}
      >
        {place.view === 'all' ? null : <input type="hidden" name="view" value={place.view} />}
        <input
          ref={input}
          name="q"
          value={text}
          onFocus={() => {
            if (!focused) setText(asked)
            setFocused(true)
          }}
          onBlur={() => {
            setText('')
            setFocused(false)
          }}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape') return
            input.current?.blur()
          }}
          aria-label="Filter agents by text"
          placeholder="Name, or risk:high"
          maxLength={1000}
          autoComplete="off"
          spellCheck={false}
          className="h-(--control-small) w-[216px] rounded-box border border-transparent bg-transparent pr-6 pl-2 placeholder:text-ink-3 hover:border-line-2 focus:border-acc focus:bg-bg focus:outline-2 focus:-outline-offset-1 focus:outline-acc max-sm:w-full max-sm:border-line-2"
        />
        <KeyHint keys="/" className="pointer-events-none absolute top-1 right-1.5" />
      </form>
    </search>
  )
}

function editRow(go: (href: string) => void): void {
  const row = document.activeElement
  const link = row instanceof HTMLAnchorElement && row.matches('[data-row-link]') ? row : null
  if (link) go(`${link.pathname}/edit`)
}
