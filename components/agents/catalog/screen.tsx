import { Import, Plus } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogCursor } from '@/lib/agents/model'
import type { Assignable } from '@/lib/agents/queries/assignable'
import type { CatalogCounts, CatalogRow } from '@/lib/agents/queries/list'
import type { OwnView } from '@/lib/people/queries/views'
import { AgentViews } from '../agent-views'
import { type CatalogPlace, hrefOf } from './address'
import type { CatalogChoices } from './chips'
import { DEFAULT_COLUMNS } from './columns'
import { CatalogEmpty } from './empty'
import { CatalogList } from './list'
import { CatalogToolbar } from './toolbar'
import { CatalogViews } from './views'

type Props = {
  place: CatalogPlace
  first: { rows: CatalogRow[]; next: CatalogCursor | null }
  counts: CatalogCounts
  choices: CatalogChoices
  own: readonly OwnView[]
  reader: { mayImport: boolean; hasDepartment: boolean; assignable: Assignable | null }
  clock: Clock
}

/** The catalog: views, filters, the table, and under it what is open in what is shown. */
export function CatalogScreen(props: Props) {
  const { place, first, counts, reader } = props
  return (
    <>
      <PageHeader crumbs={[{ label: 'Agents' }]} heading views={<AgentViews current="list" />}>
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
      <CatalogViews
        place={place}
        counts={counts}
        own={props.own}
        hasDepartment={reader.hasDepartment}
      />
      <CatalogToolbar place={place} counts={counts} choices={props.choices} />
      {first.rows.length === 0 ? (
        <Pane label="Agents">
          <CatalogEmpty
            place={place}
            counts={counts}
            choices={props.choices}
            mayImport={reader.mayImport}
          />
        </Pane>
      ) : (
        // Another question is another list: it starts at its top, with nothing selected.
        <CatalogList
          key={hrefOf({ ...place, columns: DEFAULT_COLUMNS })}
          place={place}
          first={first}
          shown={counts.shown}
          assignable={reader.assignable}
          clock={props.clock}
        />
      )}
    </>
  )
}
