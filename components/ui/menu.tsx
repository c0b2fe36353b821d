'use client'

import clsx from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'

const ITEM =
  'flex min-h-7 select-none items-center gap-2 rounded-tag px-2 text-ink outline-none data-disabled:text-ink-3 data-highlighted:bg-sel max-sm:min-h-11'

/**
 * A menu of actions under its trigger. Not modal: the page stays usable, and nothing has to inject a
 * style to lock its scrolling.
 */
export function Menu(props: {
  trigger: ReactNode
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  width?: number
  children: ReactNode
}) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align ?? 'end'}
          side={props.side ?? 'bottom'}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-(--radix-dropdown-menu-content-available-height) animate-open overflow-y-auto rounded-float border border-line bg-raise p-1 shadow-float"
          style={{ minWidth: props.width ?? 184 }}
        >
          {props.children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

/** One action or, with `href`, one link. `aside` stands right: a key, a state. */
export function MenuItem(props: {
  href?: string
  onSelect?: () => void
  danger?: boolean
  disabled?: boolean
  icon?: ReactNode
  aside?: ReactNode
  children: ReactNode
}) {
  const inside = (
    <>
      {props.icon}
      <span className="min-w-0 flex-1">{props.children}</span>
      {props.aside ? <span className="pl-4 text-meta text-ink-3">{props.aside}</span> : null}
    </>
  )
  const className = clsx(ITEM, props.danger && 'text-red')
  if (props.href !== undefined) {
    return (
      <DropdownMenu.Item asChild disabled={props.disabled === true}>
        <Link href={props.href} className={className}>
          {inside}
        </Link>
      </DropdownMenu.Item>
    )
  }
  return (
    <DropdownMenu.Item
      className={className}
      disabled={props.disabled === true}
      onSelect={() => props.onSelect?.()}
    >
      {inside}
    </DropdownMenu.Item>
  )
}

/** One of several; the menu stays open so that the effect can be seen. */
export function MenuChoices(props: {
  label: string
  value: string
  choices: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  return (
    <>
      <DropdownMenu.Label className="px-2 pt-1.5 pb-0.5 text-meta text-ink-3">
        {props.label}
      </DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={props.value} onValueChange={props.onChange}>
        {props.choices.map((choice) => (
          <DropdownMenu.RadioItem
            key={choice.value}
            value={choice.value}
            className={ITEM}
            onSelect={(event) => event.preventDefault()}
          >
            <span className="flex-1">{choice.label}</span>
            <DropdownMenu.ItemIndicator>
              <Check aria-hidden="true" size={13} strokeWidth={1.9} className="text-acc" />
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  )
}

export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />
}
