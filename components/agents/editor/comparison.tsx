'use client'

import { useMemo } from 'react'
import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { decodeBytes } from '@/lib/definition/decode'
import { diffText } from '@/lib/definition/diff'
import { fromBase64 } from '../bytes'
import { ChangeTable } from '../change-table'
import type { Analysis } from './analysis'

/** The draft as it is on the screen against the live version. */
export function DraftComparison(props: {
  analysis: Analysis
  live: { number: string; bytes: string }
  fileName: string
}) {
  const { analysis, live } = props
  const now = analysis.content.text
  const diff = useMemo(
    () => diffText(decodeBytes(fromBase64(live.bytes)).text, now),
    [live.bytes, now],
  )
  return (
    <section
      aria-label="Comparison"
      className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4"
    >
      <ChangeTable change={analysis.change} />
      <DiffView
        id="compare"
        label={`${live.number} and this draft`}
        diff={diff}
        head={
          <>
            <span className="font-mono text-mono">{props.fileName}</span>
            <ChangeCount added={diff.added} removed={diff.removed} />
            <span className="text-meta text-ink-2">against {live.number}</span>
          </>
        }
      />
    </section>
  )
}
