'use client'

import { useCallback, useState } from 'react'
import { announce } from '@/components/ui/announce'
import { MAX_BULK } from '@/lib/agents/model'
import { counted } from '../marks'
import { type CatalogPlace, hrefOf } from './address'

type Chosen = { id: string; slug: string }

export type Selection = {
  /** Names by id, in the order in which they were chosen. */
  chosen: ReadonlyMap<string, string>
  set: (row: Chosen, on: boolean) => void
  /** Takes everything that the list matches, up to the bound. */
  takeAll: () => Promise<void>
  clear: () => void
  problem: string | null
}

/** What is selected: by box, by the key X, or everything that matches. Never more than the bound. */
export function useSelection(place: CatalogPlace): Selection {
  const [chosen, setChosen] = useState<ReadonlyMap<string, string>>(new Map())
  const [problem, setProblem] = useState<string | null>(null)
  const set = useCallback(
    (row: Chosen, on: boolean) => {
      const next = new Map(chosen)
      if (on) next.set(row.id, row.slug)
      else next.delete(row.id)
      if (next.size > MAX_BULK) {
        setProblem(`At most ${MAX_BULK} agents at once. Do these first.`)
        return
      }
      setProblem(null)
      setChosen(next)
      announce(`${counted(next.size, 'agent')} selected.`)
    },
    [chosen],
  )
  const takeAll = useCallback(async () => {
    try {
      const address = hrefOf({ ...place, cursor: null }, '/api/console/agents/matching')
      const response = await fetch(address)
      if (!response.ok) throw new Error(String(response.status))
      const { agents } = (await response.json()) as { agents: Chosen[] }
      setChosen(new Map(agents.map(({ id, slug }) => [id, slug])))
      setProblem(null)
      announce(`${counted(agents.length, 'agent')} selected.`)
    } catch {
      setProblem('What matches could not be read. The selection is as it was. Try again.')
    }
  }, [place])
  const clear = useCallback(() => {
    setChosen(new Map())
    setProblem(null)
  }, [])
  return { chosen, set, takeAll, clear, problem }
}
