/** What a spreadsheet would take for a formula at the start of a cell. */
const FORMULA = /^[=+\-@\t\r]/

/**
 * One record of a CSV file (RFC 4180), with its line end. Every cell is quoted; one that a
 * spreadsheet would run is preceded by an apostrophe (OWASP, CSV injection), because titles come
 * from files that anybody wrote.
 */
export function csvLine(cells: readonly string[]): string {
  const quoted = cells.map((cell) => {
    const safe = FORMULA.test(cell) ? `'${cell}` : cell
    return `"${safe.replaceAll('"', '""')}"`
  })
  return `${quoted.join(',')}\r\n`
}
