import { Check, Stamp } from 'lucide-react'
import type { ReactNode } from 'react'
import { Badge } from '@/components/ui/badge'
import { State } from '@/components/ui/state-shape'
import { TextLink } from '@/components/ui/text-link'
import type { Finding } from '@/lib/constitution/model'
import { Evidence } from '../evidence'

const SHOWN_LINES = 4

/** "line 50", "lines 85, 189"; nothing when the whole file is meant. */
function placeWords(finding: Finding): string {
  const lines = [...new Set(finding.lines.map((one) => one.line))]
  if (lines.length === 0) return ''
  return `${lines.length === 1 ? 'line' : 'lines'} ${lines.slice(0, SHOWN_LINES).join(', ')}`
}

/** How a finding stands: still open, repaired in the draft, or excused by people. */
export type FindingStanding = {
  fixed: boolean
  /** "waived until Fri 4 Dec 2026", with a link to who agreed; null when it is not. */
  waived: ReactNode
  action: ReactNode
}

function FindingItem(props: { finding: Finding; standing: FindingStanding }) {
  const { finding, standing } = props
  return (
    <li className="flex gap-x-4 gap-y-1 border-b border-line py-2 max-sm:flex-wrap">
      <State kind="finding" is={finding.severity} className="h-5 w-[72px] shrink-0" />
      <div className="min-w-0 flex-1 max-sm:basis-full">
        <p className="flex flex-wrap items-baseline gap-x-2.5">
          <strong className="font-semibold [overflow-wrap:anywhere]">
            <bdi>{finding.message}</bdi>
          </strong>
          <TextLink href={`/constitution/rules/${finding.rule}`} className="text-ink-3!">
            <code className="text-mono">{finding.rule}</code>
          </TextLink>
          <span className="text-ink-3">{placeWords(finding)}</span>
        </p>
        <Evidence finding={finding} />
        {standing.waived ? (
          <p className="flex items-center gap-1.5 pt-0.5 text-meta text-ink-2">
            <Stamp aria-hidden="true" size={13} strokeWidth={1.75} className="shrink-0" />
            {standing.waived}
          </p>
        ) : null}
      </div>
      <div className="ml-auto flex max-w-[300px] shrink-0 flex-col items-end gap-1 max-sm:max-w-full">
        {standing.fixed ? (
          <Badge tone="green" icon={<Check aria-hidden="true" size={12} strokeWidth={2} />}>
            Fixed in draft
          </Badge>
        ) : (
          standing.action
        )}
      </div>
    </li>
  )
}

/** Findings worst first, each with its evidence, how it stands, and what can be done about it. */
export function FindingList(props: {
  findings: readonly Finding[]
  standingOf: (finding: Finding) => FindingStanding
}) {
  return (
    <ul aria-label="Findings">
      {props.findings.map((finding, index) => (
        <FindingItem
          // biome-ignore lint/suspicious/noArrayIndexKey: the order of findings is their identity here
          key={index}
          finding={finding}
          standing={props.standingOf(finding)}
        />
      ))}
    </ul>
  )
}
