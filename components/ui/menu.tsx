'use client'

import clsx from 'clsx'
import { Check } from 'lucide-react'
import Link from 'next/link'
import { cloneElement, lazy, type ReactElement, type ReactNode, Suspense, useState } from 'react'
import { useMenuParts } from './menu-parts'

const ITEM =
  'flex min-h-7 select-none items-center gap-2 rounded-tag px-2 text-ink outline-none data-disabled:text-ink-3 data-highlighted:bg-sel max-sm:min-h-11'

const load = () => import('./open-menu')
const OpenMenu = lazy(load)

type Trigger = ReactElement<{
  onClick?: () => void
  onPointerEnter?: () => void
  onFocus?: () => void
  'aria-haspopup'?: 'menu'
  'aria-expanded'?: boolean
}>

/**
 * A menu of actions under its trigger. What draws it is fetched when the pointer or the focus comes
 * near, so that it costs the first load nothing.
 */
export function Menu(props: {
  trigger: Trigger
  align?: 'start' | 'end'
  side?: 'top' | 'bottom'
  width?: number
  children: ReactNode
}) {
  const [used, setUsed] = useState(false)
  const closed = cloneElement(props.trigger, {
    onClick: () => setUsed(true),
    onPointerEnter: () => void load(),
    onFocus: () => void load(),
    'aria-haspopup': 'menu',
    'aria-expanded': false,
  })
  if (!used) return closed
  return (
    <Suspense fallback={closed}>
      <OpenMenu
        trigger={props.trigger}
        align={props.align ?? 'end'}
        side={props.side ?? 'bottom'}
        width={props.width ?? 184}
      >
        {props.children}
      </OpenMenu>
    </Suspense>
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
  const { Item } = useMenuParts()
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
      <Item asChild disabled={props.disabled === true}>
        <Link href={props.href} className={className}>
          {inside}
        </Link>
      </Item>
    )
  }
  return (
    <Item
      className={className}
      disabled={props.disabled === true}
      onSelect={() => props.onSelect?.()}
    >
      {inside}
    </Item>
  )
}

/** One of several; the menu stays open so that the effect can be seen. */
export function MenuChoices(props: {
  label: string
  value: string
  choices: readonly { value: string; label: string }[]
  onChange: (value: string) => void
}) {
  const { ItemIndicator, Label, RadioGroup, RadioItem } = useMenuParts()
  return (
    <>
      <Label className="px-2 pt-1.5 pb-0.5 text-meta text-ink-3">{props.label}</Label>
      <RadioGroup value={props.value} onValueChange={props.onChange}>
        {props.choices.map((choice) => (
          <RadioItem
            key={choice.value}
            value={choice.value}
            className={ITEM}
            onSelect={(event) => event.preventDefault()}
          >
            <span className="flex-1">{choice.label}</span>
            <ItemIndicator>
              <Check aria-hidden="true" size={13} strokeWidth={1.9} className="text-acc" />
            </ItemIndicator>
          </RadioItem>
        ))}
      </RadioGroup>
    </>
  )
}

export function MenuLine() {
  const { Separator } = useMenuParts()
  return <Separator className="my-1 h-px bg-line" />
}
