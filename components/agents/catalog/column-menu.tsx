'use client'

import { Columns3 } from 'lucide-react'
import { buttonClass } from '@/components/ui/button'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import { type CatalogPlace, hrefOf } from './address'
import { CATALOG_COLUMNS, COLUMNS, DEFAULT_COLUMNS } from './columns'

/** Which columns are shown; a part of the address, so a link shows the same. */
export function ColumnMenu(props: { place: CatalogPlace }) {
  const { place } = props
  return (
    <Menu
      width={196}
      trigger={
        <button
          type="button"
          className={buttonClass({ tone: 'quiet', size: 'small' }, 'max-lg:hidden')}
        >
          <Columns3 aria-hidden="true" size={13} strokeWidth={1.75} />
          Columns
        </button>
      }
    >
      {CATALOG_COLUMNS.map((name) => {
        const shown = place.columns.includes(name)
        const columns = CATALOG_COLUMNS.filter(
          (one) => place.columns.includes(one) !== (one === name),
        )
        return (
          <MenuItem key={name} href={hrefOf({ ...place, columns })} aside={shown ? 'shown' : ''}>
            {COLUMNS[name].label}
          </MenuItem>
        )
      })}
      <MenuLine />
      <MenuItem href={hrefOf({ ...place, columns: DEFAULT_COLUMNS })}>As they were</MenuItem>
    </Menu>
  )
}
