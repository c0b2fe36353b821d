import clsx from 'clsx'

/**
 * All 64 digits in groups of 8, the first group in ink: for the place where somebody signs or
 * compares. `columns` groups to a line; a click copies them, a screen reader gets them in groups.
 */
export function DigestText(props: { digest: string; columns?: 2 | 3 | 4; className?: string }) {
  const groups = props.digest.match(/.{1,8}/g) ?? []
  return (
    <button
      type="button"
      data-copy={props.digest}
      aria-label={`digest ${groups.join(' ')}. Copy all 64 digits`}
      title="Copy all 64 digits"
      className={clsx(
        'inline-grid justify-start gap-x-2.5 rounded-tag text-left font-mono text-ink-2 text-mono hover:bg-hover',
        props.className,
      )}
      style={{ gridTemplateColumns: `repeat(${props.columns ?? 4}, max-content)` }}
    >
      {groups.map((group, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a group is its place
          key={index}
          className={index === 0 ? 'font-medium text-ink' : undefined}
        >
          {group}
        </span>
      ))}
    </button>
  )
}
