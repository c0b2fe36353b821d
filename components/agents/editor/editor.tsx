'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { lineEndingOf } from '@/lib/definition/lines'
import type { Analysis } from './analysis'
import { CodePane } from './code-pane'
import { DraftComparison } from './comparison'
import { Conflict } from './conflict'
import { Discard } from './discard'
import type { EditorProps } from './editor-props'
import { blockerOf, EditorFoot, LiveFoot } from './foot'
import { FormPane } from './form-pane'
import { EditorHead, FileBar, type Shown } from './head'
import { Notices } from './notices'
import { separatorOf } from './positions'
import { Propose } from './propose'
import type { SaveState } from './saver'
import { useHands } from './use-hands'
import { type TextState, useText } from './use-text'

/** What the live version granted, for what the form says about a tick. */
function liveFacts(live: EditorProps['live'], { change }: Analysis) {
  if (!live || change.tierBefore === null) return null
  const toolNames = change.rows.filter((row) => row.op === '-').map((row) => row.name)
  return { number: live.number, toolNames, tier: change.tierBefore }
}

function TextPane(props: {
  editor: EditorProps
  text: TextState
  readOnly: boolean
  comparing: boolean
  /** What is told of saving; null where nothing is saved. */
  told: SaveState | null
}) {
  const { editor, text, comparing } = props
  const { agent, live } = editor
  const { analysis, state, saver, code, replace } = text
  const [separator] = useState(() => separatorOf(lineEndingOf(text.first)))
  const conflict = state.kind === 'conflict' ? state.theirs : null
  const covered = conflict !== null || comparing
  return (
    <section aria-label="Text" className="flex min-h-0 min-w-0 flex-1 flex-col">
      <FileBar
        fileName={agent.fileName}
        analysis={analysis}
        state={props.told}
        onNext={() => code.current?.nextFinding()}
      />
      {conflict ? (
        <Conflict
          mine={analysis.content.text}
          theirs={conflict}
          onKeepMine={() => saver.resolve('mine')}
          onTakeTheirs={() => replace(saver.resolve('theirs'))}
        />
      ) : comparing && live ? (
        <DraftComparison analysis={analysis} live={live} fileName={agent.fileName} />
      ) : null}
      {/* Stays while something covers it: cursor, scroll and undo are the person's. */}
      <div className={clsx('flex min-h-0 flex-1 flex-col', covered && 'hidden')}>
        <CodePane
          code={code}
          text={text.first}
          separator={separator}
          fileName={agent.fileName}
          label={`Text of ${agent.fileName}. Esc, then Tab leaves it.`}
          readOnly={props.readOnly}
          nonce={editor.nonce}
          onChange={text.onChange}
          onBlur={() => void saver.flush()}
        />
      </div>
    </section>
  )
}

function Foot(props: { editor: EditorProps; text: TextState; readOnly: boolean }) {
  const { agent, draft, proposal, live, approvers } = props.editor
  const { analysis, digest, saver, state } = props.text
  const [proposing, setProposing] = useState(false)
  const mayPropose = draft !== null && proposal === null && !props.readOnly
  if (proposing && mayPropose) {
    return (
      <Propose
        {...{ analysis, digest, saver, approvers }}
        draftId={draft.id}
        onClose={() => setProposing(false)}
      />
    )
  }
  if (draft === null) {
    return live ? <LiveFoot digest={live.digest} number={live.number} /> : null
  }
  const seats = proposal ? { seats: proposal.quorum, signed: proposal.signatures.length } : null
  const same = proposal?.digest === digest && seats !== null
  return (
    <EditorFoot
      {...{ analysis, digest, approvers }}
      rule={same ? { state: 'open', ...seats } : { state: 'draft' }}
    >
      {live && props.editor.whyNotEdit === null ? (
        <Discard
          slug={agent.slug}
          draftId={draft.id}
          live={live.number}
          proposed={proposal !== null}
          saver={saver}
        />
      ) : null}
      {mayPropose ? (
        <Button
          tone="primary"
          size="commit"
          keys="⌘↵"
          className="max-sm:flex-1"
          disabled={blockerOf(analysis) !== null || state.kind === 'conflict'}
          onClick={() => setProposing(true)}
        >
          Propose {analysis.number}
        </Button>
      ) : null}
    </EditorFoot>
  )
}

/**
 * The editor of one draft. The text is the truth; form, marks, price and seal are read from it as it
 * is. Everything typed is saved by itself, and never replaced unless the person chooses so.
 */
export function Editor(props: EditorProps) {
  const { agent, draft, proposal, live, whyNotEdit } = props
  const text = useText(props)
  const { analysis, state } = text
  const [shown, setShown] = useState<Shown>('both')
  const [comparing, setComparing] = useState(false)
  const [unlocked, setUnlocked] = useState<string | null>(null)
  const locked = proposal !== null && unlocked !== proposal.id
  const readOnly =
    whyNotEdit !== null || draft === null || locked || !text.readable || state.kind === 'conflict'
  const told = readOnly && state.kind !== 'conflict' ? null : state
  useHands(text, { readOnly, approvers: props.approvers, fix: props.fix })
  return (
    <>
      <EditorHead
        slug={agent.slug}
        what={
          draft ? `Draft ${proposal?.version ?? analysis.number}` : (live?.number ?? agent.slug)
        }
        state={told}
        comparable={live !== null}
        comparing={comparing}
        onCompare={() => setComparing(!comparing)}
        shown={shown}
        onShown={setShown}
      />
      <Notices
        editor={props}
        readable={text.readable}
        unlocked={!locked}
        onUnlock={() => setUnlocked(proposal?.id ?? null)}
        onConvert={text.convert}
      />
      <div className="flex min-h-0 flex-1">
        <section
          aria-label="Form"
          className={clsx(
            'min-h-0 w-[392px] shrink-0 overflow-y-auto border-r border-line px-5 py-4 max-lg:w-full max-lg:border-r-0',
            shown !== 'form' && 'max-lg:hidden',
            shown === 'text' && 'lg:hidden',
          )}
        >
          <FormPane
            analysis={analysis}
            live={liveFacts(live, analysis)}
            tools={props.tools}
            models={props.models}
            disabled={readOnly}
            apply={text.apply}
          />
        </section>
        <div className={clsx('flex min-h-0 min-w-0 flex-1', shown === 'form' && 'max-lg:hidden')}>
          <TextPane editor={props} {...{ text, readOnly, comparing, told }} />
        </div>
      </div>
      <Foot editor={props} text={text} readOnly={readOnly} />
    </>
  )
}
