'use client'

import { useRouter } from 'next/navigation'
import { useCallback } from 'react'
import { Pane } from '@/components/shell/panes'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogCursor } from '@/lib/agents/model'
import type { Assignable } from '@/lib/agents/queries/assignable'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { counted } from '../marks'
import { type CatalogPlace, hrefOf } from './address'
import { BulkBar } from './bulk-bar'
import { CatalogHints } from './hints'
import { BulkOutcomes } from './outcomes'
import { CatalogTable } from './table'
import { useBulk } from './use-bulk'
import { usePages } from './use-pages'
import { useSelection } from './use-selection'

/** The rows, what is selected of them, and under them what is open or what can be done. */
export function CatalogList(props: {
  place: CatalogPlace
  first: { rows: CatalogRow[]; next: CatalogCursor | null }
  shown: { agents: number; errors: number; warnings: number }
  assignable: Assignable | null
  clock: Clock
}) {
  const { place, shown } = props
  const router = useRouter()
  const pages = usePages(place, props.first)
  const selection = useSelection(place)
  const bulk = useBulk(useCallback(() => router.refresh(), [router]))
  return (
    <>
      <Pane label="Agents">
        {place.cursor === null ? null : (
          <p className="px-5 py-1 text-meta">
            <TextLink href={hrefOf({ ...place, cursor: null })}>Back to the first page</TextLink>
          </p>
        )}
        <CatalogTable
          place={place}
          pages={pages}
          total={shown.agents}
          clock={props.clock}
          selection={selection}
        />
      </Pane>
      <BulkOutcomes bulk={bulk} />
      {selection.chosen.size > 0 ? (
        <BulkBar
          selection={selection}
          bulk={bulk}
          total={shown.agents}
          assignable={props.assignable}
        />
      ) : (
        <footer className="flex h-9 shrink-0 items-center justify-between gap-4 border-t border-line px-5 text-meta text-ink-2 max-sm:px-4">
          <p>
            {counted(shown.agents, 'agent')}, {counted(shown.errors, 'error')},{' '}
            {counted(shown.warnings, 'warning')} open
          </p>
          <CatalogHints />
        </footer>
      )}
    </>
  )
}
