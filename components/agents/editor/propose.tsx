'use client'

import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { toastRecorded } from '@/components/ui/toasts'
import { useAction } from '@/components/ui/use-action'
import { openProposal } from '@/lib/agents/actions'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { type Analysis, approvalWords } from './analysis'
import type { Saver } from './saver'

/**
 * The last step of an author: a sentence for the people who will read it. Saves first, so that what
 * is proposed is what is on the screen.
 */
export function Propose(props: {
  analysis: Analysis
  draftId: string
  digest: string | null
  saver: Saver
  approvers: readonly string[]
  onClose: () => void
}) {
  const { analysis, saver } = props
  const { send, pending, failure } = useAction(openProposal)
  const [message, setMessage] = useState('')
  const [unsaved, setUnsaved] = useState(false)
  async function commit() {
    setUnsaved(false)
    if (!(await saver.flush())) return setUnsaved(true)
    const result = await send({ draftId: props.draftId, revision: saver.revision(), message })
    if (!result.ok) return
    const { number, version, approvalId } = result.value
    announce(`Proposed as P-${number}.`)
    toastRecorded({
      title: `Proposed as P-${number}.`,
      remark: `${version} waits for ${approvalWords(analysis.quorum, props.approvers)}.`,
      ...(props.digest ? { digest: props.digest } : {}),
      receipt: `/inbox/${approvalId}`,
    })
    props.onClose()
  }
  const problem = unsaved
    ? 'The text could not be saved, so nothing was proposed. It is kept here.'
    : failure?.message
  return (
    <form
      className="shrink-0 border-t border-line-2 bg-bg px-5 py-3 max-sm:px-4"
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending && message.trim() !== '') void commit()
      }}
    >
      <div className="flex flex-wrap items-end gap-3">
        <Field
          id="propose-message"
          label="Why should this change? The people who decide read it first."
          source={`proposes ${analysis.number}`}
          error={problem}
          className="min-w-[280px] flex-1"
        >
          <Textarea
            id="propose-message"
            autoFocus
            rows={2}
            required
            maxLength={MAX_MESSAGE}
            value={message}
            onChange={(event) => setMessage(event.target.value)}
            onKeyDown={(event) => event.key === 'Escape' && props.onClose()}
          />
        </Field>
        <div className="flex items-center gap-2 pb-2 max-sm:w-full max-sm:[&>*]:flex-1">
          <Button tone="quiet" size="commit" onClick={props.onClose}>
            Not yet
          </Button>
          <Button
            type="submit"
            tone="primary"
            size="commit"
            keys="⌘↵"
            pending={pending}
            disabled={message.trim() === ''}
          >
            Propose {analysis.number}
          </Button>
        </div>
      </div>
    </form>
  )
}
