import clsx from 'clsx'

/**
 * All 64 digits in groups of 8, the first group in ink: for the place where somebody signs or
 * compares. `columns` groups to a line; a screen reader gets the digits once, ungrouped.
 */
export function DigestText(props: { digest: string; columns?: 2 | 3 | 4; className?: string }) {
  const groups = props.digest.match(/.{1,8}/g) ?? []
  return (
    <p className={clsx('font-mono text-mono text-ink-2', props.className)}>
      <span className="sr-only">{props.digest}</span>
      <span
        aria-hidden="true"
        data-copy={props.digest}
        title="Copy all 64 digits"
        className="inline-grid gap-x-2.5"
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
      </span>
    </p>
  )
}
