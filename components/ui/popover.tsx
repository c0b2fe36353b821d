'use client'

import { Popover as Primitive } from 'radix-ui'
import type { ReactNode } from 'react'

/** A small surface under its trigger: a filter to build, a detail to read. Not modal. */
export function Popover(props: {
  trigger: ReactNode
  label: string
  align?: 'start' | 'end'
  width?: number
  children: ReactNode
}) {
  return (
    <Primitive.Root modal={false}>
      <Primitive.Trigger asChild>{props.trigger}</Primitive.Trigger>
      <Primitive.Portal>
        <Primitive.Content
          aria-label={props.label}
          align={props.align ?? 'start'}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-(--radix-popover-content-available-height) max-w-[calc(100vw-16px)] animate-open overflow-y-auto rounded-float border border-line bg-raise p-3 shadow-float"
          style={{ width: props.width ?? 280 }}
        >
          {props.children}
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  )
}
