'use client'

import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import type { SteadyRow } from './steady-rows'

export type Selection = {
  /** Boxes stand before the rows. */
  on: boolean
  rows: SteadyRow[]
  has: (id: string) => boolean
  start: () => void
  toggle: (id: string) => void
  /** Everything from the row that was chosen last to this one. */
  extend: (id: string) => void
  clear: () => void
}

/** What is selected of the open rows. A row that left the list falls out of the selection. */
export function useSelection(rows: readonly SteadyRow[]): Selection {
  const [on, setOn] = useState(false)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const usable = rows.filter((row) => !row.left && row.state === 'open')
  const selected = usable.filter((row) => chosen.includes(row.id))
  const set = (ids: readonly string[]) => {
    setOn(true)
    setChosen(ids)
    announce(`${ids.length} selected.`)
  }
  const extend = (id: string) => {
    const at = (one: string | undefined) => usable.findIndex((row) => row.id === one)
    const [to, last] = [at(id), at(chosen.at(-1))]
    if (to === -1) return
    const from = last === -1 ? to : last
    const between = usable.slice(Math.min(from, to), Math.max(from, to) + 1).map((row) => row.id)
    set([...chosen.filter((one) => !between.includes(one) && one !== id), ...between])
  }
  return {
    on,
    rows: selected,
    has: (id) => chosen.includes(id),
    start: () => setOn(true),
    toggle: (id) => {
      if (at(usable, id))
        set(chosen.includes(id) ? chosen.filter((one) => one !== id) : [...chosen, id])
    },
    extend,
    clear: () => {
      setOn(false)
      setChosen([])
    },
  }
}

function at(rows: readonly SteadyRow[], id: string): boolean {
  return rows.some((row) => row.id === id)
}
