'use client'

import { Button } from '@/components/ui/button'
import { OpenDraft } from '../open-draft'
import { ProposedNotice, ReadOnlyNotice } from './banner'
import type { EditorProps } from './editor-props'

function NoDraft(props: { agentId: string; slug: string; live: string }) {
  return (
    <div className="flex flex-wrap items-center gap-3 border-b border-line bg-code px-4 py-2">
      <p className="min-w-0 flex-1 basis-[240px]">
        <strong className="font-semibold">No draft is open.</strong> You read {props.live}, the live
        version.
      </p>
      <OpenDraft
        agentId={props.agentId}
        to={`/agents/${props.slug}/edit`}
        tone="primary"
        size="small"
      >
        Open a draft
      </OpenDraft>
    </div>
  )
}

/** Everything that stands between the reader and an edit, above the text, each with its way out. */
export function Notices(props: {
  editor: EditorProps
  readable: boolean
  unlocked: boolean
  onUnlock: () => void
  onConvert: () => void
  /** Opens the merge with the version that went live meanwhile; null where nothing may be edited. */
  onMerge: (() => void) | null
}) {
  const { editor } = props
  const { agent, draft, proposal, live, whyNotEdit } = editor
  return (
    <>
      {whyNotEdit === null ? null : <ReadOnlyNotice reason={whyNotEdit} />}
      {draft === null && live && whyNotEdit === null ? (
        <NoDraft agentId={agent.id} slug={agent.slug} live={live.number} />
      ) : null}
      {proposal ? (
        <ProposedNotice
          proposal={proposal}
          mine={proposal.authorId === editor.readerId}
          unlocked={props.unlocked}
          mayEdit={whyNotEdit === null}
          onUnlock={props.onUnlock}
        />
      ) : null}
      {editor.outdated && live && draft ? (
        <div className="flex flex-wrap items-center gap-3 border-b border-line bg-amb-soft px-4 py-2">
          <p className="min-w-0 flex-1 basis-[280px]">
            <strong className="font-semibold">{live.number} is live now.</strong> This draft was
            opened from {editor.outdated.number} and does not know what changed since.
          </p>
          {props.onMerge ? (
            <Button size="small" onClick={props.onMerge}>
              Merge {live.number} into it
            </Button>
          ) : null}
        </div>
      ) : null}
      {props.readable ? null : (
        <div className="flex flex-wrap items-center gap-3 border-b border-line bg-amb-soft px-4 py-2">
          <p className="min-w-0 flex-1 basis-[280px]">
            <strong className="font-semibold">These bytes are not UTF-8.</strong> They are shown as
            Latin-1 and stay as they are until somebody converts them.
          </p>
          {whyNotEdit === null ? (
            <Button size="small" onClick={props.onConvert}>
              Convert to UTF-8
            </Button>
          ) : null}
        </div>
      )}
    </>
  )
}
