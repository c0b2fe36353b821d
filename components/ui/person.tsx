/** "Ines Kowalczyk" → "IK"; one letter for a single name. */
export function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const first = Array.from(words[0] ?? '')[0] ?? ''
  const last = words.length > 1 ? (Array.from(words.at(-1) ?? '')[0] ?? '') : ''
  return (first + last).toUpperCase()
}

/** A person's initials in a 20 px ring; the name always stands beside it, so it is silent. */
export function Initials(props: { name: string }) {
  return (
    <span
      aria-hidden="true"
      className="inline-flex size-5 shrink-0 items-center justify-center rounded-full border border-line-2 bg-hover text-[9px]/none font-semibold text-ink-2"
    >
      {initials(props.name)}
    </span>
  )
}
