'use client'

import { ListFilter } from 'lucide-react'
import { Button } from '@/components/ui/button'
import { FilterChip } from '@/components/ui/filter-chip'
import { Menu, MenuItem } from '@/components/ui/menu'
import type { ApprovalKind } from '@/lib/approvals/model'
import { KIND_WORDS } from '@/lib/inbox/rules/words'
import { type InboxPlace, inboxHref } from './address'

const KINDS = Object.keys(KIND_WORDS) as ApprovalKind[]

/** Narrows the list to one kind of approval; the address is the filter. */
export function KindFilter(props: { place: InboxPlace }) {
  const { place } = props
  if (place.kind !== null) {
    return (
      <FilterChip
        field="kind"
        value={KIND_WORDS[place.kind]}
        removeHref={inboxHref(null, { ...place, kind: null })}
      />
    )
  }
  return (
    <Menu
      align="start"
      trigger={
        <Button size="small" icon={<ListFilter aria-hidden="true" size={13} strokeWidth={1.75} />}>
          Filter
        </Button>
      }
    >
      {KINDS.map((kind) => (
        <MenuItem key={kind} href={inboxHref(null, { ...place, kind })}>
          {KIND_WORDS[kind]}
        </MenuItem>
      ))}
    </Menu>
  )
}
