import clsx from 'clsx'
import { Check } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { wordParts } from '@/components/ui/diff-parts'
import { InvisibleText } from '@/components/ui/invisible-text'
import { State } from '@/components/ui/state-shape'
import type { EvidenceLine, Finding } from '@/lib/constitution/model'
import { findingKey } from '../finding-key'

const SHOWN_LINES = 4

/** "line 50", "lines 85, 189"; nothing when the whole file is meant. */
function placeWords(finding: Finding): string {
  const lines = [...new Set(finding.lines.map((one) => one.line))]
  if (lines.length === 0) return ''
  return `${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, SHOWN_LINES).join(', ')}`
}

function Evidence(props: { line: EvidenceLine; severe: boolean }) {
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

function FindingItem(props: { finding: Finding; fixed: boolean; action: ReactNode }) {
  const { finding } = props
  const severe = finding.severity === 'error' || finding.severity === 'blocking'
  const more = finding.lines.length - SHOWN_LINES
  return (
    <li className="flex gap-x-4 gap-y-1 border-b border-line py-2 max-sm:flex-wrap">
      <State kind="finding" is={finding.severity} className="h-5 w-[72px] shrink-0" />
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <strong className="font-semibold">{finding.message}</strong>
          <code className="text-mono text-ink-3">{finding.rule}</code>
          <span className="text-ink-3">{placeWords(finding)}</span>
        </p>
        {finding.lines.length === 0 ? null : (
          <ul aria-label="Evidence" className="font-mono text-mono text-ink-2">
            {finding.lines.slice(0, SHOWN_LINES).map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a line of evidence is its place
              <Evidence key={index} line={line} severe={severe} />
            ))}
          </ul>
        )}
        {more > 0 ? <p className="text-meta text-ink-3">and {more} more lines</p> : null}
      </div>
      <div className="ml-auto flex shrink-0 flex-col items-end gap-1">
        {props.fixed ? (
          <Badge tone="green" icon={<Check aria-hidden="true" size={12} strokeWidth={2} />}>
            Fixed in draft
          </Badge>
        ) : (
          props.action
        )}
      </div>
    </li>
  )
}

/** Findings worst first, each with its evidence and the one button that repairs it. */
export function FindingList(props: {
  findings: readonly Finding[]
  /** Keys of findings that the draft no longer has. */
  fixed: ReadonlySet<string>
  action: (finding: Finding) => ReactNode
}) {
  return (
    <ul aria-label="Findings">
      {props.findings.map((finding, index) => (
        <FindingItem
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of findings is their identity here
          key={index}
          finding={finding}
          fixed={props.fixed.has(findingKey(finding))}
          action={props.action(finding)}
        />
      ))}
    </ul>
  )
}
