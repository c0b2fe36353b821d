import type { InboxGroup, InboxRow } from '@/lib/inbox/model'

/** A row on screen; `left` when the list no longer holds it (decided, withdrawn, moved on). */
export type SteadyRow = InboxRow & { left: boolean }
export type Steady = { rows: SteadyRow[]; fresh: number }

/**
 * What is shown stays where it is: rows are renewed in place, rows that left the list stay and say
 * so, and new ones are only counted until the reader asks for them. Nothing moves under the eye.
 */
export function steadyRows(shown: readonly InboxRow[], latest: readonly InboxRow[]): Steady {
  const now = new Map(latest.map((row) => [row.id, row]))
  const known = new Set(shown.map((row) => row.id))
  const rows = shown.map((row) => {
    const renewed = now.get(row.id)
    return renewed ? { ...renewed, left: false } : { ...row, left: true }
  })
  return { rows, fresh: latest.filter((row) => !known.has(row.id)).length }
}

/** All rows of one view over the pages that were loaded, in order, without repeats. */
export function rowsOfView(
  pages: readonly { groups: readonly InboxGroup[] }[],
  view: InboxGroup['view'],
): InboxRow[] {
  const seen = new Map<string, InboxRow>()
  for (const page of pages) {
    for (const group of page.groups) {
      if (group.view === view) for (const row of group.rows) seen.set(row.id, row)
    }
  }
  return [...seen.values()]
}

/** True when what the reader has open is no longer what the list says of it. */
export function itemMoved(before: InboxRow | undefined, after: InboxRow | undefined): boolean {
  if (before === undefined && after === undefined) return false
  return (
    before?.state !== after?.state ||
    before?.signed !== after?.signed ||
    before?.said !== after?.said
  )
}
