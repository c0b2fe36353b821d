'use client'

import { Plus } from 'lucide-react'
import { Fragment } from 'react'
import { buttonClass } from '@/components/ui/button'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'

export type FilterChoice = { field: string; value: string; href: string }

/** Adds a filter: every choice is a link, so that it can also be opened elsewhere or copied. */
export function FilterMenu(props: { groups: readonly (readonly FilterChoice[])[] }) {
  return (
    <Menu
      align="start"
      width={224}
      trigger={
        <button type="button" className={buttonClass({ tone: 'quiet', size: 'small' })}>
          <Plus aria-hidden="true" size={13} strokeWidth={1.9} />
          Filter
        </button>
      }
    >
      {props.groups.map((group, index) => (
        <Fragment key={group[0]?.field ?? index}>
          {index > 0 ? <MenuLine /> : null}
          {group.map((choice) => (
            <MenuItem key={choice.href} href={choice.href}>
              <span className="text-ink-3">{choice.field} </span>
              {choice.value}
            </MenuItem>
          ))}
        </Fragment>
      ))}
    </Menu>
  )
}
