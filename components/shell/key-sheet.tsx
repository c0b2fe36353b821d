'use client'

import { useState } from 'react'
import { Modal } from '@/components/ui/dialog'
import { useKeyboard, useKeys } from '@/components/ui/keyboard'
import { caps, type ScopedBinding } from '@/components/ui/keyboard-match'
import { isApple } from '@/components/ui/keyboard-page'

function groups(bindings: readonly ScopedBinding[]): [string, ScopedBinding[]][] {
  const found = new Map<string, ScopedBinding[]>()
  for (const binding of bindings) {
    const group = found.get(binding.scope) ?? []
    group.push(binding)
    found.set(binding.scope, group)
  }
  return Array.from(found).reverse()
}

function Caps(props: { keys: string }) {
  return (
    <span className="flex gap-1">
      {caps(props.keys, isApple()).map((cap) => (
        <kbd
          key={cap}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-tag border border-line-2 px-1 font-sans text-tiny text-ink-2"
        >
          {cap}
        </kbd>
      ))}
    </span>
  )
}

/** The sheet under `?`: what every key does on the screen in front of the reader. */
export function KeySheet() {
  const { list, singleKeys, setSingleKeys } = useKeyboard()
  const [shown, setShown] = useState<ScopedBinding[] | null>(null)
  useKeys('Everywhere', [
    { keys: '?', label: 'All keys of this screen', run: () => setShown(list()) },
  ])
  return (
    <Modal open={shown !== null} onClose={() => setShown(null)} label="Keys" className="w-[560px]">
      <div className="flex items-baseline justify-between border-b border-line px-4 py-2.5">
        <h2 className="text-title">Keys</h2>
        <label className="flex items-center gap-2 text-meta text-ink-2">
          <input
            type="checkbox"
            className="tick"
            checked={singleKeys}
            onChange={(event) => setSingleKeys(event.target.checked)}
          />
          Single keys
        </label>
      </div>
      <div className="grid grid-cols-2 gap-x-8 gap-y-5 p-4 max-sm:grid-cols-1">
        {groups(shown ?? []).map(([scope, bindings]) => (
          <section key={scope}>
            <h3 className="border-b border-line-2 pb-1.5 font-semibold">{scope}</h3>
            <dl>
              {bindings.map((binding) => (
                <div
                  key={binding.keys}
                  className="flex items-center justify-between gap-4 border-b border-line py-1"
                >
                  <dt className="min-w-0 truncate text-ink-2">{binding.label}</dt>
                  <dd>
                    <Caps keys={binding.keys} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Modal>
  )
}
