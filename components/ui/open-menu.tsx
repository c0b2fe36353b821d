'use client'

import { DropdownMenu } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { MenuParts } from './menu-parts'

/**
 * The menu itself, open from its first moment: `Menu` loads it when its trigger is used. Not modal:
 * the page stays usable, and nothing has to inject a style to lock its scrolling.
 */
export default function OpenMenu(props: {
  trigger: ReactElement
  align: 'start' | 'end'
  side: 'top' | 'bottom'
  width: number
  children: ReactNode
}) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen>
      <DropdownMenu.Trigger asChild>{props.trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          align={props.align}
          side={props.side}
          sideOffset={4}
          collisionPadding={8}
          className="z-40 max-h-(--radix-dropdown-menu-content-available-height) animate-open overflow-y-auto rounded-float border border-line bg-raise p-1 shadow-float"
          style={{ minWidth: props.width }}
        >
          <MenuParts value={DropdownMenu}>{props.children}</MenuParts>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}
