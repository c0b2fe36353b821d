'use client'

import { ChevronDown, ChevronUp } from 'lucide-react'
import { useMemo, useRef, useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { ChangeCount } from '@/components/ui/diff-view'
import { TextCompare } from '@/components/ui/text-compare'
import { decodeBytes } from '@/lib/definition/decode'
import { fromBase64 } from '../bytes'
import { ChangeTable } from '../change-table'
import type { Analysis } from './analysis'

/** The rows where a run of changed lines begins. */
function changesIn(pane: HTMLElement): HTMLElement[] {
  const rows = [...pane.querySelectorAll<HTMLElement>('tr')]
  const isChange = (row: HTMLElement | undefined) =>
    row?.querySelector('[aria-label="added"], [aria-label="removed"]') != null
  return rows.filter((row, index) => isChange(row) && !isChange(rows[index - 1]))
}

/** Scrolls to the change after (1) or before (-1) what is in sight. */
function step(pane: HTMLElement | null, by: 1 | -1): void {
  if (!pane) return
  const top = pane.getBoundingClientRect().top
  const rows = changesIn(pane).map((row) => ({ row, at: row.getBoundingClientRect().top - top }))
  const to =
    by === 1 ? rows.find(({ at }) => at > NEAR + 1) : rows.findLast(({ at }) => at < NEAR - 1)
  if (to) pane.scrollTop += to.at - NEAR
}
/** Where a change stands after a step, below the pane's edge. */
const NEAR = 60

/** The draft as it is on the screen against the live version. F7 and Shift+F7 go from change to change. */
export function DraftComparison(props: {
  analysis: Analysis
  live: { number: string; bytes: string }
  fileName: string
}) {
  const { analysis, live } = props
  const pane = useRef<HTMLElement>(null)
  const [split, setSplit] = useState(false)
  const before = useMemo(() => decodeBytes(fromBase64(live.bytes)).text, [live.bytes])
  return (
    <section
      ref={pane}
      aria-label="Comparison"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so a keyboard must reach it
      tabIndex={0}
      onKeyDown={(event) => {
        if (event.key !== 'F7') return
        event.preventDefault()
        step(pane.current, event.shiftKey ? -1 : 1)
      }}
      className="flex min-h-0 flex-1 flex-col gap-3 overflow-auto p-4 [&>*]:shrink-0"
    >
      <ChangeTable change={analysis.change} />
      <TextCompare
        id="compare"
        label={`${live.number} and this draft`}
        before={before}
        after={analysis.content.text}
        split={split}
        head={(diff) => (
          <>
            <span className="font-mono text-mono">{props.fileName}</span>
            <ChangeCount added={diff.added} removed={diff.removed} />
            <span className="text-meta text-ink-2">against {live.number}</span>
            <span className="ml-auto flex items-center gap-1">
              <Button size="small" aria-pressed={split} onClick={() => setSplit(!split)}>
                Side by side
              </Button>
              <IconButton name="Previous change (Shift+F7)" onClick={() => step(pane.current, -1)}>
                <ChevronUp aria-hidden="true" size={14} strokeWidth={1.75} />
              </IconButton>
              <IconButton name="Next change (F7)" onClick={() => step(pane.current, 1)}>
                <ChevronDown aria-hidden="true" size={14} strokeWidth={1.75} />
              </IconButton>
            </span>
          </>
        )}
      />
    </section>
  )
}
