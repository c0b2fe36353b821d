const WIDTHS: readonly (readonly [number, number])[] = [
  [46, 31],
  [36, 43],
  [52, 27],
  [39, 36],
  [49, 30],
]

/**
 * Rows that are on their way: as high as the rows themselves, so that nothing moves when they come,
 * and invisible for the first 200 ms. `lines` 2 for inbox rows, 1 for a table.
 */
export function SkeletonRows(props: { rows?: number; lines?: 1 | 2; height?: number }) {
  const lines = props.lines ?? 1
  const height = props.height ?? (lines === 2 ? 55 : 36)
  return (
    <div aria-busy="true" className="animate-late">
      <span className="sr-only">Loading</span>
      {Array.from({ length: props.rows ?? 5 }, (_, row) => {
        const [first, second] = WIDTHS[row % WIDTHS.length] ?? [46, 31]
        return (
          <div
            // biome-ignore lint/suspicious/noArrayIndexKey: a row is its place
            key={row}
            aria-hidden="true"
            className="flex items-start gap-4 border-b border-line px-4 pt-3.5"
            style={{ height }}
          >
            <span className="size-3 rounded-tag bg-hover" />
            <span className="flex flex-1 flex-col gap-2.5">
              <span className="h-2.5 rounded-tag bg-hover" style={{ width: `${first}%` }} />
              {lines === 2 ? (
                <span className="h-2.5 rounded-tag bg-hover" style={{ width: `${second}%` }} />
              ) : null}
            </span>
            <span className="h-2.5 w-[60px] rounded-tag bg-hover" />
          </div>
        )
      })}
    </div>
  )
}
