'use client'

import { Tooltip as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

/**
 * The full text of something cut short, on hover and on focus. `children` must be focusable; never
 * the only place of a fact, because a phone has no hover.
 */
export function Tooltip(props: { text: ReactNode; children: ReactNode }) {
  return (
    <Primitive.Provider delayDuration={400} skipDelayDuration={200}>
      <Primitive.Root>
        <Primitive.Trigger asChild>{props.children}</Primitive.Trigger>
        <Primitive.Portal>
          <Primitive.Content
            sideOffset={4}
            collisionPadding={8}
            className="z-50 max-w-[320px] animate-open rounded-box border border-line bg-raise px-2 py-1 text-meta text-ink shadow-float"
          >
            {props.text}
          </Primitive.Content>
        </Primitive.Portal>
      </Primitive.Root>
    </Primitive.Provider>
  )
}
