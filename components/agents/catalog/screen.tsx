import { Import, Plus } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogCursor } from '@/lib/agents/model'
import type { CatalogCounts, CatalogRow } from '@/lib/agents/queries/list'
import { counted } from '../marks'
import { type CatalogPlace, hrefOf } from './address'
import type { CatalogChoices } from './chips'
import { CatalogEmpty } from './empty'
import { CatalogHints } from './row'
import { CatalogTable } from './table'
import { CatalogToolbar, CatalogViews } from './toolbar'

type Props = {
  place: CatalogPlace
  rows: readonly CatalogRow[]
  next: CatalogCursor | null
  counts: CatalogCounts
  choices: CatalogChoices
  reader: { id: string; mayImport: boolean; hasDepartment: boolean }
  clock: Clock
}

/** The catalog: views, filters, the table, and under it what is open in what is shown. */
export function CatalogScreen(props: Props) {
  const { place, rows, counts, reader } = props
  const { shown } = counts
  return (
    <>
      <PageHeader crumbs={[{ label: 'Agents' }]} heading>
        {reader.mayImport ? (
          <>
            <ButtonLink
              href="/agents/import"
              icon={<Import aria-hidden="true" size={14} strokeWidth={1.75} />}
            >
              Import
            </ButtonLink>
            <ButtonLink
              href="/agents/new"
              tone="primary"
              keys="N"
              icon={<Plus aria-hidden="true" size={14} strokeWidth={1.9} />}
            >
              New agent
            </ButtonLink>
          </>
        ) : null}
      </PageHeader>
      <CatalogViews place={place} counts={counts} hasDepartment={reader.hasDepartment} />
      <CatalogToolbar place={place} counts={counts} choices={props.choices} me={reader.id} />
      {/* Another question is another list: it starts at its top. */}
      <Pane key={hrefOf(place)} label="Agents">
        {place.cursor === null ? null : (
          <p className="px-5 py-1 text-meta">
            <TextLink href={hrefOf({ ...place, cursor: null })}>Back to the first page</TextLink>
          </p>
        )}
        {rows.length === 0 ? (
          <CatalogEmpty
            place={place}
            counts={counts}
            choices={props.choices}
            mayImport={reader.mayImport}
          />
        ) : (
          <CatalogTable
            place={place}
            rows={rows}
            next={props.next}
            total={shown.agents}
            clock={props.clock}
          />
        )}
      </Pane>
      <footer className="flex h-9 shrink-0 items-center justify-between gap-4 border-t border-line px-5 text-meta text-ink-2 max-sm:px-4">
        <p>
          {counted(shown.agents, 'agent')}, {counted(shown.errors, 'error')},{' '}
          {counted(shown.warnings, 'warning')} open
        </p>
        <CatalogHints />
      </footer>
    </>
  )
}
