'use client'

import type { DropdownMenu } from 'radix-ui'
import { createContext, useContext } from 'react'

/**
 * The primitives that items are made of, handed down by the open menu. Items need no import of
 * their own, so a page that never opens a menu never loads one.
 */
export const MenuParts = createContext<typeof DropdownMenu | null>(null)

/** Throws outside an open menu: an item has no meaning there. */
export function useMenuParts(): typeof DropdownMenu {
  const parts = useContext(MenuParts)
  if (!parts) throw new Error('A menu item needs a Menu around it.')
  return parts
}
