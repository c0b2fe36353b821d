'use client'

import { type ReactNode, useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ChangeCount } from '@/components/ui/diff-view'
import { TextCompare, WorkWords } from '@/components/ui/text-compare'
import { useTextWork } from '@/components/ui/use-text-work'
import { type Merge, type MergeChoice, mergedText } from '@/lib/definition/merge'
import { counted } from '../marks'
import { MergeParts } from './merge-parts'

type MergeTexts = { base: string; mine: string; theirs: string }
/** Who wrote what, for the screen: "Ines Kowalczyk, 14:03". */
export type MergeNames = { mine: string; theirs: string }

/** "2 changes fit together. 1 place needs your choice." */
function mergeWords(merge: Merge): string {
  if (!merge.aligned) return 'The texts are too different to merge: choose one of them.'
  const taken = merge.parts.filter((part) => part.kind === 'taken').length
  const left = merge.parts.filter((part) => part.kind === 'conflict').length
  const fits = taken === 0 ? '' : `${counted(taken, 'change')} ${taken === 1 ? 'fits' : 'fit'}. `
  if (left === 0) return `${fits}Nothing overlaps.`
  return `${fits}${counted(left, 'place')} ${left === 1 ? 'needs' : 'need'} your choice.`
}

/**
 * Two people changed one text: what does not overlap is merged, the rest is chosen place by place.
 * Nothing is lost: what is stored stays a revision, and undo in the editor brings back one's own.
 */
export function MergeView(props: {
  title: string
  sentence: string
  texts: MergeTexts
  names: MergeNames
  /** The text that holds from now on. */
  onDone: (text: string) => void
  /** Leaves everything as it is; absent where a choice must be made. */
  onCancel?: () => void
}) {
  const { texts, names } = props
  const [choices, setChoices] = useState<readonly (MergeChoice | undefined)[]>([])
  const [comparing, setComparing] = useState(false)
  const job = useMemo(() => ({ kind: 'merge' as const, ...texts }), [texts])
  const worked = useTextWork(job)
  const merge = worked.state === 'done' ? worked.answer : null
  const merged = merge ? mergedText(merge, choices) : null
  const open = merge?.parts.filter((part) => part.kind === 'conflict').length ?? 0
  const left = open - choices.filter((choice) => choice !== undefined).length
  const choose = (index: number, choice: MergeChoice) => {
    setChoices(Array.from({ length: open }, (_, at) => (at === index ? choice : choices[at])))
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div role="alert" className="border-b border-line bg-amb-soft px-5 py-2.5">
        <p className="font-semibold">{props.title}</p>
        <p className="text-ink-2">
          {props.sentence} {merge ? mergeWords(merge) : ''}
        </p>
        <div className="flex flex-wrap items-center gap-2 pt-2">
          <Button
            tone="primary"
            disabled={merged === null}
            onClick={() => merged !== null && props.onDone(merged)}
          >
            {left > 0 && merge ? `Merge: ${left} to choose` : 'Use the merged text'}
          </Button>
          <Button onClick={() => props.onDone(texts.mine)}>Keep mine on top</Button>
          <Button onClick={() => props.onDone(texts.theirs)}>Take theirs</Button>
          <Button aria-pressed={comparing} onClick={() => setComparing(!comparing)}>
            Compare both
          </Button>
          <Button tone="quiet" data-copy={texts.mine}>
            Copy mine
          </Button>
          {props.onCancel ? (
            <Button tone="quiet" onClick={props.onCancel}>
              Not now
            </Button>
          ) : null}
        </div>
      </div>
      <div className="min-h-0 flex-1 overflow-auto p-4">
        {comparing ? (
          <Both texts={texts} names={names} />
        ) : merge ? (
          <MergeParts merge={merge} names={names} choices={choices} onChoose={choose} />
        ) : (
          <WorkWords worked={worked.state} />
        )}
      </div>
    </div>
  )
}

function Both({ texts, names }: { texts: MergeTexts; names: MergeNames }): ReactNode {
  return (
    <TextCompare
      id="conflict"
      label="The stored text and yours"
      before={texts.theirs}
      after={texts.mine}
      split
      head={(diff) => (
        <>
          <span>
            {names.theirs}, then {names.mine.toLowerCase()}
          </span>
          <ChangeCount added={diff.added} removed={diff.removed} />
        </>
      )}
    />
  )
}
