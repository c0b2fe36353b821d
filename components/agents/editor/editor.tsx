'use client'

import clsx from 'clsx'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Discard } from './discard'
import type { EditorProps } from './editor-props'
import { blockerOf, EditorFoot, LiveFoot } from './foot'
import { EditorHead, type Shown } from './head'
import { Notices } from './notices'
import { Propose } from './propose'
import { sectionAt } from './section-help'
import { SidePane } from './side-pane'
import { TextPane } from './text-pane'
import { useHands } from './use-hands'
import { type TextState, useText } from './use-text'

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
  const [merging, setMerging] = useState(false)
  const [section, setSection] = useState(-1)
  const [unlocked, setUnlocked] = useState<string | null>(null)
  const locked = proposal !== null && unlocked !== proposal.id
  const readOnly =
    whyNotEdit !== null || draft === null || locked || !text.readable || state.kind === 'conflict'
  const told = readOnly && state.kind !== 'conflict' ? null : state
  const hands = useHands(text, { readOnly, approvers: props.approvers, fix: props.fix })
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
        onMerge={readOnly || merging ? null : () => setMerging(true)}
      />
      <div className="flex min-h-0 flex-1">
        <SidePane
          editor={props}
          {...{ text, section, readOnly }}
          onShowText={() => shown === 'form' && setShown('both')}
          className={clsx(
            'w-[392px] shrink-0 border-r border-line max-lg:w-full max-lg:border-r-0',
            shown !== 'form' && 'max-lg:hidden',
            shown === 'text' && 'lg:hidden',
          )}
        />
        <div className={clsx('flex min-h-0 min-w-0 flex-1', shown === 'form' && 'max-lg:hidden')}>
          <TextPane
            editor={props}
            {...{ text, hands, readOnly, comparing, merging, told }}
            onMerged={() => setMerging(false)}
            onCursor={(line) => setSection(sectionAt(analysis.content.sections, line))}
          />
        </div>
      </div>
      <Foot editor={props} text={text} readOnly={readOnly} />
    </>
  )
}
