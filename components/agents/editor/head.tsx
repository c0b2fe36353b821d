'use client'

import { Columns2, FileDiff } from 'lucide-react'
import { PageHeader } from '@/components/shell/page-header'
import { Button } from '@/components/ui/button'
import { StateCount } from '@/components/ui/state-shape'
import { shapeWords } from '../definition/shape-words'
import type { Analysis } from './analysis'
import type { SaveState } from './saver'

/** "14:03" today, "9 Nov, 14:03" before. */
export function timeWords(at: string): string {
  const then = new Date(at)
  const time = { hour: '2-digit', minute: '2-digit' } as const
  const today = then.toDateString() === new Date().toDateString()
  const day = today ? {} : ({ day: 'numeric', month: 'short' } as const)
  return new Intl.DateTimeFormat('en-GB', { ...day, ...time }).format(then)
}

/** "Saved 14:03": always words, because an icon alone would ask for trust. */
export function SavedWords(props: { state: SaveState }) {
  const { state } = props
  switch (state.kind) {
    case 'saved':
      return <span className="text-ink-2">Saved{state.at ? ` ${timeWords(state.at)}` : ''}</span>
    case 'unsaved':
      return <span className="text-ink-2">Not saved yet</span>
    case 'saving':
      return <span className="text-ink-2">Saving</span>
    case 'conflict':
      return <span className="text-amb">Two texts, choose one</span>
    case 'failed':
      return (
        <span role="status" className="max-w-[44ch] text-right text-red" title={state.reason}>
          Not saved. {state.reason}
          {state.retries ? ' It is tried again by itself.' : ''}
        </span>
      )
  }
}

export type Shown = 'both' | 'form' | 'text'

/** Where the reader is, whether the text is safe, and what is shown beside it. */
export function EditorHead(props: {
  slug: string
  /** "Draft 1.2.0", or the live version where no draft is open. */
  what: string
  state: SaveState | null
  comparing: boolean
  comparable: boolean
  shown: Shown
  onCompare: () => void
  onShown: (shown: Shown) => void
}) {
  const { slug, shown } = props
  return (
    <PageHeader
      crumbs={[
        { label: 'Agents', href: '/agents' },
        { label: slug, href: `/agents/${slug}` },
        { label: props.what },
      ]}
      heading
    >
      <span className="text-meta max-sm:hidden">
        {props.state ? <SavedWords state={props.state} /> : null}
      </span>
      {props.comparable ? (
        <Button
          aria-pressed={props.comparing}
          icon={<FileDiff aria-hidden="true" size={14} strokeWidth={1.75} />}
          onClick={props.onCompare}
        >
          {props.comparing ? 'Edit' : 'Compare'}
        </Button>
      ) : null}
      <Button
        className="max-lg:hidden"
        icon={<Columns2 aria-hidden="true" size={14} strokeWidth={1.75} />}
        onClick={() => props.onShown(shown === 'text' ? 'both' : 'text')}
      >
        {shown === 'text' ? 'Form and text' : 'Text only'}
      </Button>
      <Button
        className="lg:hidden"
        icon={<Columns2 aria-hidden="true" size={14} strokeWidth={1.75} />}
        onClick={() => props.onShown(shown === 'form' ? 'both' : 'form')}
      >
        {shown === 'form' ? 'Text' : 'Form'}
      </Button>
    </PageHeader>
  )
}

/** The bar above the text: which file, what shape its bytes have, what is found in it. */
export function FileBar(props: {
  fileName: string
  analysis: Analysis
  state: SaveState | null
  onNext: () => void
  onPrevious: () => void
}) {
  const { analysis } = props
  const none = analysis.findings.length === 0
  const waived = analysis.excused.size
  const notes = analysis.findings.length - analysis.stops - analysis.warnings - waived
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-4 py-1">
      <span className="font-mono text-mono font-medium [overflow-wrap:anywhere]">
        {props.fileName}
      </span>
      <span className="text-meta text-ink-3">{shapeWords(analysis.content)}</span>
      <span className="text-meta sm:hidden">
        {props.state ? <SavedWords state={props.state} /> : null}
      </span>
      <span className="ml-auto flex items-center gap-4">
        {none ? <span className="text-meta text-ink-3">no findings</span> : null}
        {analysis.stops > 0 ? (
          <StateCount kind="finding" is="error" count={analysis.stops} />
        ) : null}
        {analysis.warnings > 0 ? (
          <StateCount kind="finding" is="warning" count={analysis.warnings} />
        ) : null}
        {notes > 0 ? <StateCount kind="finding" is="note" count={notes} /> : null}
        {waived > 0 ? <span className="text-meta text-ink-3">{waived} waived</span> : null}
        {none ? null : (
          <Button
            size="small"
            onClick={props.onPrevious}
            title="In the text: Shift+F8."
            className="max-sm:hidden"
          >
            Previous
          </Button>
        )}
        {none ? null : (
          <Button
            size="small"
            keys="F8"
            onClick={props.onNext}
            title="In the text: F8. Esc, then Tab leaves the text."
          >
            Next
          </Button>
        )}
      </span>
    </div>
  )
}
