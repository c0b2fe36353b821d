/** Moves the focus over the rows of the page (`RowLink`s). Browser only. */

function rows(): HTMLElement[] {
  return Array.from(document.querySelectorAll<HTMLElement>('[data-row-link]')).filter(
    (row) => row.getClientRects().length > 0,
  )
}

/** Focuses the next (1) or previous (-1) row; from nowhere, the selected or the first one. */
export function moveRow(by: 1 | -1): void {
  const all = rows()
  const at = all.indexOf(document.activeElement as HTMLElement)
  const selected = all.findIndex((row) => row.closest('[data-selected]') !== null)
  const from = at === -1 ? selected : at
  const next = from === -1 ? all[0] : all[Math.min(all.length - 1, Math.max(0, from + by))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest' })
}

/** Ticks or unticks the box of the row in focus. */
export function tickRow(): void {
  document.activeElement
    ?.closest('[data-row]')
    ?.querySelector<HTMLInputElement>('input[type=checkbox]')
    ?.click()
}

/** Opens the row in focus. */
export function openRow(): void {
  const row = document.activeElement
  if (row instanceof HTMLElement && row.matches('[data-row-link]')) row.click()
}
