'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { useKeys } from '@/components/ui/keyboard'
import { type BulkVerdict, whyNotTogether } from '@/lib/inbox/rules/bulk'
import { countWords } from '@/lib/inbox/rules/words'
import type { SteadyRow } from './steady-rows'
import { TogetherDialog } from './together-dialog'
import type { Selection } from './use-selection'

/** Under the list while rows are selected: the two verbs, and why one of them is off. */
export default function TogetherBar(props: { selection: Selection }) {
  const { selection } = props
  const [asked, setAsked] = useState<{ verdict: BulkVerdict; rows: SteadyRow[] } | null>(null)
  useKeys('Inbox', [{ keys: 'escape', label: 'Select nothing', run: selection.clear }])
  const { rows } = selection
  const whyNot = {
    approve: whyNotTogether(rows, 'approve'),
    reject: whyNotTogether(rows, 'reject'),
  }
  const why = whyNot.reject ?? whyNot.approve
  return (
    <section
      aria-label="Decide together"
      className="sticky bottom-0 z-20 flex flex-wrap items-center gap-x-3 gap-y-1.5 border-t border-line-2 bg-raise px-4 py-2 shadow-float"
    >
      <p className="min-w-0 flex-1 basis-40">
        <strong className="font-semibold">{countWords(rows.length, 'item')} selected</strong>
        {rows.length > 0 && why ? <span className="block text-meta text-red">{why}</span> : null}
      </p>
      <span className="flex items-center gap-2">
        <Button size="small" tone="quiet" keys="Esc" onClick={selection.clear}>
          Clear
        </Button>
        <Button
          size="small"
          tone="danger"
          disabled={whyNot.reject !== null}
          onClick={() => setAsked({ verdict: 'reject', rows })}
        >
          Deny together
        </Button>
        <Button
          size="small"
          tone="primary"
          disabled={whyNot.approve !== null}
          onClick={() => setAsked({ verdict: 'approve', rows })}
        >
          Approve together
        </Button>
      </span>
      {asked ? (
        <TogetherDialog
          {...asked}
          close={(done) => {
            setAsked(null)
            if (done) selection.clear()
          }}
        />
      ) : null}
    </section>
  )
}
