'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { State } from '@/components/ui/state-shape'
import type { Finding } from '@/lib/constitution/model'
import { findingKey } from '../finding-key'
import type { Analysis } from './analysis'
import { waivedWords } from './marks-of'
import { ruleHref } from './rule-href'

type Props = {
  analysis: Analysis
  fix: ((finding: Finding) => void) | null
  onReveal: (line: number) => void
}

function Row(props: Props & { finding: Finding }) {
  const { finding, analysis } = props
  const until = analysis.excused.get(finding)
  const line = finding.range?.line ?? finding.lines[0]?.line
  const words = waivedWords(finding.message, until)
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-1 border-b border-line px-4 py-1.5 last:border-b-0">
      <State
        kind="finding"
        is={until === undefined ? finding.severity : 'note'}
        className="w-[86px] shrink-0"
        {...(until === undefined ? {} : { word: 'Waived' })}
      />
      <span className="min-w-0 flex-1 basis-[220px]">
        {line === undefined ? (
          words
        ) : (
          <button
            type="button"
            className="rounded-tag text-left hover:underline"
            onClick={() => props.onReveal(line)}
          >
            {words}
          </button>
        )}
      </span>
      <span className="flex flex-wrap items-center gap-3 text-meta">
        <a
          href={ruleHref(finding.rule)}
          target="_blank"
          rel="noopener"
          className="rounded-tag font-mono text-mono text-acc underline underline-offset-2"
        >
          {finding.rule}
        </a>
        <span className="w-14 text-right text-ink-3">
          {line === undefined ? 'whole file' : `line ${line}`}
        </span>
        {finding.fix && props.fix ? (
          <Button
            size="small"
            className="max-w-full max-sm:h-auto max-sm:min-h-11 max-sm:whitespace-normal max-sm:py-1"
            onClick={() => props.fix?.(finding)}
          >
            {finding.fix.label}
          </Button>
        ) : null}
      </span>
    </li>
  )
}

/** Everything that was found, worst first, below the text: each leads to its place, some mend themselves. */
export function FindingsPanel(props: Props) {
  const { findings, excused } = props.analysis
  const [open, setOpen] = useState(() => window.matchMedia('(min-width: 1100px)').matches)
  if (findings.length === 0) return null
  const waived = excused.size === 0 ? '' : `, ${excused.size} waived`
  return (
    <section aria-label="Findings" className="shrink-0 border-t border-line-2">
      <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
        <summary className="min-h-8 bg-code px-4 py-1.5 text-meta text-ink-2 max-sm:py-3">
          <span className="font-medium text-ink">Findings</span> {findings.length}
          {waived}
        </summary>
        <ul className="max-h-[148px] overflow-y-auto max-sm:max-h-[220px]">
          {findings.map((finding, index) => (
            <Row
              // biome-ignore lint/suspicious/noArrayIndexKey: the same may be found twice
              key={`${findingKey(finding)} ${index}`}
              {...props}
              finding={finding}
            />
          ))}
        </ul>
      </details>
    </section>
  )
}
