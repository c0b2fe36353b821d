import type { ConstitutionView } from '@/lib/agents/queries/constitution'
import type { Column, Row } from './columns'
import { Rows } from './rows'
import { RowsEditor } from './rows-editor'

/** True when the reader edits what is shown: the open draft, and they may. */
export function isEditable(view: ConstitutionView): boolean {
  return view.of === 'draft' && view.draft?.state === 'open' && view.whyNotEdit === null
}

/** One table of the constitution: as it stands, or as a form over the open draft. */
export function PartTable(props: {
  view: ConstitutionView
  part: string
  caption: string
  columns: readonly Column[]
  rows: readonly Row[]
  blank: Row
  addLabel: string
}) {
  const { view, ...table } = props
  const { draft } = view
  if (draft && isEditable(view)) {
    return <RowsEditor {...table} draft={{ id: draft.id, revision: draft.revision }} />
  }
  return <Rows caption={table.caption} columns={table.columns} rows={table.rows} />
}
