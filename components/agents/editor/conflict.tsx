'use client'

import { useMemo } from 'react'
import { Button } from '@/components/ui/button'
import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { diffText } from '@/lib/definition/diff'
import type { Stored } from './saver'

/**
 * Somebody saved another text meanwhile: both side by side, and three ways on. None of them loses a
 * text: what is stored stays a revision of the draft, and taking theirs can be undone in the editor.
 */
export function Conflict(props: {
  mine: string
  theirs: Stored
  onKeepMine: () => void
  onTakeTheirs: () => void
}) {
  const { mine, theirs } = props
  const diff = useMemo(() => diffText(theirs.text, mine), [theirs.text, mine])
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div role="alert" className="border-b border-line bg-amb-soft px-5 py-2.5">
        <p className="font-semibold">Somebody saved this draft while you were editing.</p>
        <p className="text-ink-2">
          Both texts are kept. Left is what is stored (revision {theirs.revision}), right is yours.
        </p>
        <div className="flex flex-wrap items-center gap-2 pt-2">
          <Button tone="primary" onClick={props.onKeepMine}>
            Keep mine on top
          </Button>
          <Button onClick={props.onTakeTheirs}>Take theirs</Button>
          <Button tone="quiet" data-copy={mine}>
            Copy mine
          </Button>
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-auto p-4">
        <DiffView
          id="conflict"
          label="The stored text and yours"
          diff={diff}
          split
          head={
            <>
              <span>Stored, then yours</span>
              <ChangeCount added={diff.added} removed={diff.removed} />
            </>
          }
        />
      </div>
    </div>
  )
}
