'use client'

import clsx from 'clsx'
import type { ReactNode } from 'react'
import { ChangeBadge } from '@/components/ui/state-shape'
import { Tally } from '@/components/ui/tally'
import type { TallyRule } from '@/components/ui/tally-geometry'
import type { CapabilityRow } from '@/lib/definition/model'
import { badgeOf } from '../change-table'
import { counted } from '../marks'
import { type Analysis, approvalWords } from './analysis'

function Chip(props: { rows: readonly CapabilityRow[]; tone: 'care' | 'plain' | 'less' }) {
  const { rows, tone } = props
  if (rows.length === 0) return null
  const sign = tone === 'less' ? '−' : '+'
  const names = rows.map((row) => `${row.op === '~' ? '~' : sign}${row.name}`).join(' ')
  return (
    <span
      title={names}
      className={clsx(
        'inline-block h-5 max-w-[36ch] truncate rounded-tag px-1.5 font-mono text-mono',
        tone === 'care' && 'bg-amb-soft text-amb',
        tone === 'plain' && 'bg-hover text-ink-2',
        tone === 'less' && 'bg-grn-soft text-grn',
      )}
    >
      {names}
    </span>
  )
}

function Chips(props: { rows: readonly CapabilityRow[] }) {
  const gains = props.rows.filter((row) => row.direction === 'widens')
  return (
    <>
      <Chip rows={gains.filter((row) => row.risk !== 'low')} tone="care" />
      <Chip
        rows={[
          ...gains.filter((row) => row.risk === 'low'),
          ...props.rows.filter((row) => row.direction === 'neutral'),
        ]}
        tone="plain"
      />
      <Chip rows={props.rows.filter((row) => row.direction === 'narrows')} tone="less" />
    </>
  )
}

/** What must happen before a proposal, or who has to agree to one. */
export function blockerOf(analysis: Analysis): string | null {
  if (analysis.stops > 0) return `${counted(analysis.stops, 'error')} must go first`
  return analysis.differs ? null : 'Same bytes as the live version'
}

/**
 * The price of the text as it is: its seal, its change in one word and in names, what is in the
 * way, who has to agree. The verbs stand at its end.
 */
export function EditorFoot(props: {
  analysis: Analysis
  digest: string | null
  rule: TallyRule
  approvers: readonly string[]
  children: ReactNode
}) {
  const { analysis, digest } = props
  const blocker = blockerOf(analysis)
  return (
    <div
      data-verbs=""
      className="flex min-h-[54px] shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-t border-line-2 px-5 py-2 max-sm:px-4"
    >
      <span className="flex items-center gap-2.5">
        {digest === null ? null : <Tally digest={digest} rule={props.rule} />}
        <span className="text-ink-2">draft {analysis.number}</span>
      </span>
      <span className="flex min-w-0 flex-wrap items-center gap-1.5 max-sm:hidden">
        {analysis.differs ? <ChangeBadge is={badgeOf(analysis.change)} /> : null}
        <Chips rows={analysis.change.rows} />
      </span>
      <div className="ml-auto flex flex-wrap items-center gap-3 max-sm:w-full">
        <p className="text-right text-meta max-sm:w-full max-sm:text-left">
          {blocker === null ? null : <span className="block text-red">{blocker}</span>}
          <span className="block text-ink-2">
            {approvalWords(analysis.quorum, props.approvers)}
          </span>
        </p>
        {props.children}
      </div>
    </div>
  )
}

/** Where no draft is open there is nothing to pay: only what is read. */
export function LiveFoot(props: { digest: string; number: string }) {
  return (
    <div className="flex min-h-[54px] shrink-0 items-center gap-2.5 border-t border-line-2 px-5 max-sm:px-4">
      <Tally digest={props.digest} rule={{ state: 'sealed' }} />
      <span className="text-ink-2">{props.number}, live</span>
    </div>
  )
}
