import clsx from 'clsx'
import { wordParts } from '@/components/ui/diff-parts'
import { InvisibleText } from '@/components/ui/invisible-text'
import type { EvidenceLine, Finding } from '@/lib/constitution/model'

const SHOWN_LINES = 4

function Line(props: { line: EvidenceLine; severe: boolean }) {
  const { line, severe } = props
  return (
    <li className="grid grid-cols-[36px_minmax(0,1fr)]">
      <span className="select-none text-ink-3">{line.line}</span>
      <bdi className="line-clamp-2 whitespace-pre-wrap [overflow-wrap:anywhere]">
        {wordParts(line.text, line.marks).map((part, index) => (
          <mark
            // biome-ignore lint/suspicious/noArrayIndexKey: a part is its place
            key={index}
            className={clsx(
              'rounded-[2px]',
              !part.changed && 'bg-transparent text-inherit',
              part.changed && (severe ? 'bg-red-soft text-red' : 'bg-amb-soft text-amb'),
            )}
          >
            <InvisibleText text={part.text} />
          </mark>
        ))}
      </bdi>
    </li>
  )
}

/** The lines that a finding is about, with the words that make it one. What has no glyph is boxed. */
export function Evidence(props: { finding: Pick<Finding, 'lines' | 'severity'> }) {
  const { lines, severity } = props.finding
  if (lines.length === 0) return null
  const severe = severity === 'error' || severity === 'blocking'
  const more = lines.length - SHOWN_LINES
  return (
    <>
      <ul aria-label="Evidence" className="font-mono text-mono text-ink-2">
        {lines.slice(0, SHOWN_LINES).map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line of evidence is its place
          <Line key={index} line={line} severe={severe} />
        ))}
      </ul>
      {more > 0 ? <p className="text-meta text-ink-3">and {more} more lines</p> : null}
    </>
  )
}
