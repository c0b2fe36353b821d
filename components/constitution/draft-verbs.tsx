'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Textarea } from '@/components/ui/field'
import { toastRecorded } from '@/components/ui/toasts'
import { useAction } from '@/components/ui/use-action'
import { proposeConstitution, withdrawConstitution } from '@/lib/agents/actions'
import { discardConstitutionDraft, openConstitutionDraft } from '@/lib/constitution/actions'
import { MAX_MESSAGE } from '@/lib/core/limits'

type Draft = { id: string; revision: number; label: string; hash: string }

function Failure(props: { message: string | undefined }) {
  return props.message ? (
    <p role="alert" className="max-w-[62ch] text-meta text-red">
      {props.message}
    </p>
  ) : null
}

/** Opens a draft on the constitution in force (or finds the open one), then goes there. */
export function OpenDraft(props: { to: string }) {
  const router = useRouter()
  const { send, pending, failure } = useAction(openConstitutionDraft)
  return (
    <>
      <Failure message={failure?.message} />
      <Button
        tone="primary"
        pending={pending}
        onClick={async () => {
          const result = await send({})
          if (result.ok) router.push(props.to)
        }}
      >
        Open a draft
      </Button>
    </>
  )
}

/** The last step of an author: a sentence for the people who decide. */
export function ProposeDraft(props: { draft: Draft; quorum: number; whyNot: string | null }) {
  const { draft, quorum } = props
  const { send, pending, failure } = useAction(proposeConstitution)
  const [message, setMessage] = useState('')
  async function commit() {
    const result = await send({ draftId: draft.id, revision: draft.revision, message })
    if (!result.ok) return
    announce(`Constitution ${draft.label} is proposed.`)
    toastRecorded({
      title: `Constitution ${draft.label} is proposed.`,
      remark: quorum === 1 ? 'One person must agree.' : `${quorum} people must agree.`,
      digest: draft.hash,
      receipt: `/inbox/${result.value.approvalId}`,
    })
  }
  return (
    <form
      className="flex max-w-[62ch] flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault()
        if (!pending && message.trim() !== '') void commit()
      }}
    >
      <Field
        id="propose-message"
        label="Why should this change? The people who decide read it first."
        source={`proposes ${draft.label}`}
        error={failure?.message}
      >
        <Textarea
          id="propose-message"
          rows={2}
          required
          maxLength={MAX_MESSAGE}
          value={message}
          onChange={(event) => setMessage(event.target.value)}
        />
      </Field>
      <div>
        <Button
          type="submit"
          tone="primary"
          size="commit"
          pending={pending}
          disabled={message.trim() === ''}
          reason={props.whyNot ?? undefined}
        >
          Propose constitution {draft.label}
        </Button>
      </div>
    </form>
  )
}

/** Takes the proposal back; the draft can be edited again. */
export function WithdrawDraft(props: { draftId: string }) {
  const { send, pending, failure } = useAction(withdrawConstitution)
  return (
    <div className="flex flex-col items-start gap-2">
      <Button
        pending={pending}
        onClick={async () => {
          const result = await send({ draftId: props.draftId })
          if (result.ok) announce('Withdrawn. The draft can be edited again.')
        }}
      >
        Withdraw and edit again
      </Button>
      <Failure message={failure?.message} />
    </div>
  )
}

/** Closes the draft; asked once, because its text is gone then. */
export function DiscardDraft(props: { draft: Draft }) {
  const router = useRouter()
  const { draft } = props
  const [open, setOpen] = useState(false)
  const { send, pending, failure } = useAction(discardConstitutionDraft)
  return (
    <>
      <Button tone="danger" onClick={() => setOpen(true)}>
        Discard the draft
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Discard the draft of ${draft.label}?`}
        sentence="What was written since it was opened is gone. The constitution in force stays as it is. Export the draft first if you want to keep the text."
        actions={
          <>
            <Button data-autofocus="" onClick={() => setOpen(false)}>
              Keep it
            </Button>
            <Button
              tone="destructive"
              pending={pending}
              onClick={async () => {
                const result = await send({ draftId: draft.id, revision: draft.revision })
                if (!result.ok) return
                setOpen(false)
                announce('The draft is discarded.')
                router.push('/constitution')
              }}
            >
              Discard {draft.label}
            </Button>
          </>
        }
      >
        <Failure message={failure?.message} />
      </Dialog>
    </>
  )
}
