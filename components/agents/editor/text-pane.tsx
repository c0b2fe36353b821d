'use client'

import clsx from 'clsx'
import { useMemo, useState } from 'react'
import { findAgents } from '@/lib/agents/actions'
import { decodeBytes } from '@/lib/definition/decode'
import { lineEndingOf } from '@/lib/definition/lines'
import { fromBase64 } from '../bytes'
import type { CompletionPort } from './code-completion'
import { CodePane } from './code-pane'
import { DraftComparison } from './comparison'
import type { EditorProps } from './editor-props'
import { FindingsPanel } from './findings-panel'
import { FileBar, timeWords } from './head'
import type { Hands } from './marks-of'
import { MergeView } from './merge'
import { separatorOf } from './positions'
import type { SaveState } from './saver'
import type { TextState } from './use-text'

type Props = {
  editor: EditorProps
  text: TextState
  hands: Hands
  readOnly: boolean
  comparing: boolean
  /** Merging with the version that went live meanwhile. */
  merging: boolean
  onMerged: () => void
  onCursor: (line: number) => void
  /** What is told of saving; null where nothing is saved. */
  told: SaveState | null
}

/** Two editors saved one draft: theirs is stored, mine is here. */
function SaveConflict({ text }: { text: TextState }) {
  const { state, analysis, resolve } = text
  const mine = analysis.content.text
  const conflict = state.kind === 'conflict' ? state : null
  const texts = useMemo(
    () => (conflict ? { base: conflict.base, mine, theirs: conflict.theirs.text } : null),
    [conflict, mine],
  )
  if (!conflict || !texts) return null
  const { by, at, revision } = conflict.theirs
  return (
    <MergeView
      title="Somebody saved this draft while you were editing."
      sentence={`${by} saved revision ${revision} at ${timeWords(at)}. Both texts are kept.`}
      texts={texts}
      names={{ mine: 'Yours', theirs: `${by}, ${timeWords(at)}` }}
      onDone={resolve}
    />
  )
}

/** Another version went live under the draft: what it changed, merged into the draft. */
function LiveMerge({ editor, text, onMerged }: Pick<Props, 'editor' | 'text' | 'onMerged'>) {
  const { live, outdated } = editor
  const mine = text.analysis.content.text
  const texts = useMemo(() => {
    const textOf = (bytes: string) => decodeBytes(fromBase64(bytes)).text
    return live && outdated
      ? { base: textOf(outdated.bytes), mine, theirs: textOf(live.bytes) }
      : null
  }, [live, outdated, mine])
  if (!live || !outdated || !texts) return null
  return (
    <MergeView
      title={`${live.number} went live after this draft was opened from ${outdated.number}.`}
      sentence="What both changed is merged into the draft; the live version stays as it is."
      texts={texts}
      names={{ mine: 'Yours', theirs: live.number }}
      onDone={(merged) => {
        text.mergeWith(merged, live.id)
        onMerged()
      }}
      onCancel={onMerged}
    />
  )
}

function Cover(props: Props) {
  const { editor, text } = props
  if (text.state.kind === 'conflict') return <SaveConflict text={text} />
  if (props.merging) return <LiveMerge {...props} />
  if (!props.comparing || !editor.live) return null
  return (
    <DraftComparison analysis={text.analysis} live={editor.live} fileName={editor.agent.fileName} />
  )
}

/** The text with everything that is said about it; something may cover it for a while. */
export function TextPane(props: Props) {
  const { editor, text } = props
  const { analysis, state, saver, code } = text
  const [separator] = useState(() => separatorOf(lineEndingOf(text.first)))
  const [completion] = useState<CompletionPort>(() => ({
    facts: { tools: editor.tools, models: editor.models, rules: editor.rules },
    agents: findAgents,
  }))
  const merging = props.merging && editor.outdated !== null
  const covered = state.kind === 'conflict' || merging || (props.comparing && editor.live !== null)
  return (
    <section aria-label="Text" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <FileBar
        fileName={editor.agent.fileName}
        analysis={analysis}
        state={props.told}
        onNext={() => code.current?.nextFinding()}
        onPrevious={() => code.current?.previousFinding()}
      />
      <Cover {...props} />
      {/* Stays while something covers it: cursor, scroll and undo are the person's. */}
      <div className={clsx('flex min-h-0 flex-1 flex-col', covered && 'hidden')}>
        <CodePane
          code={code}
          text={text.first}
          separator={separator}
          fileName={editor.agent.fileName}
          label={`Text of ${editor.agent.fileName}. Esc, then Tab leaves it.`}
          readOnly={props.readOnly}
          nonce={editor.nonce}
          completion={completion}
          onCursor={props.onCursor}
          onChange={text.onChange}
          onBlur={() => void saver.flush()}
        />
        <FindingsPanel
          analysis={analysis}
          fix={props.hands.fix}
          onReveal={(line) => code.current?.reveal(line)}
        />
      </div>
    </section>
  )
}
