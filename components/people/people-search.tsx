'use client'

import { useRef } from 'react'
import { Input } from '@/components/ui/field'
import { useKeys } from '@/components/ui/keyboard'

/** Finds by name or e-mail; `/` reaches it, Enter asks. A plain form: the address is the filter. */
export function PeopleSearch(props: { text: string; state: string | null }) {
  const input = useRef<HTMLInputElement>(null)
  useKeys('People', [{ keys: '/', label: 'Find a person', run: () => input.current?.select() }])
  return (
    <search>
      <form action="/people">
        {props.state ? <input type="hidden" name="state" value={props.state} /> : null}
        <Input
          key={props.text}
          ref={input}
          name="q"
          defaultValue={props.text}
          aria-label="Find by name or e-mail"
          placeholder="Find by name or e-mail"
          maxLength={200}
          className="w-[216px] max-sm:w-full"
        />
      </form>
    </search>
  )
}
