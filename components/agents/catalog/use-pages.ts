'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import { announce } from '@/components/ui/announce'
import type { CatalogCursor } from '@/lib/agents/model'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { counted } from '../marks'
import { type CatalogPlace, hrefOf } from './address'

type Page = { rows: readonly CatalogRow[]; next: CatalogCursor | null }

export type Pages = Page & { state: 'idle' | 'loading' | 'failed'; load: () => void }

/** What was added below a first page; it counts only while that page is the one that is shown. */
type Added = { below: Page; page: Page; state: Pages['state'] }

/**
 * The first page, which the server drew, and the rows that were asked for since. When the first page
 * is drawn again the others are dropped: rows that may have changed are not kept beside fresh ones.
 */
export function usePages(place: CatalogPlace, first: Page): Pages {
  const [added, setAdded] = useState<Added | null>(null)
  const asking = useRef<CatalogCursor | null>(null)
  const now = useMemo<Added>(() => {
    if (added?.below === first) return added
    return { below: first, page: { rows: [], next: first.next }, state: 'idle' }
  }, [added, first])
  const { next } = now.page

  const load = useCallback(async () => {
    if (next === null || asking.current === next) return
    asking.current = next
    const become = (state: Pages['state'], page: Page) => setAdded({ below: first, page, state })
    become('loading', now.page)
    try {
      const page = await pageAfter(place, next)
      become('idle', { rows: [...now.page.rows, ...page.rows], next: page.next })
      announce(`${counted(page.rows.length, 'agent')} added.`)
    } catch {
      become('failed', now.page)
    } finally {
      asking.current = null
    }
  }, [place, next, first, now.page])
  return { rows: [...first.rows, ...now.page.rows], next, state: now.state, load }
}

async function pageAfter(place: CatalogPlace, cursor: CatalogCursor): Promise<Page> {
  const response = await fetch(hrefOf({ ...place, cursor }, '/api/console/agents'))
  if (!response.ok) throw new Error(String(response.status))
  return (await response.json()) as Page
}
