'use client'

import { useId, useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button, ButtonLink } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Textarea } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { revokeWaiver, withdrawWaiver } from '@/lib/agents/actions'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { requestHref } from './address'

type Props = {
  waiverId: string
  slug: string
  rule: string
  fingerprint: string
  may: { withdraw: boolean; revoke: boolean; renew: boolean }
}

/** What the reader can do with one waiver: take a request back, end it early, ask for the next. */
export function WaiverVerbs(props: Props) {
  const { may } = props
  return (
    <span className="relative z-1 flex items-center justify-end gap-2">
      {may.renew ? (
        <ButtonLink size="small" tone="quiet" href={requestHref(props.slug, props.fingerprint)}>
          Renew
        </ButtonLink>
      ) : null}
      {may.withdraw ? <Withdraw waiverId={props.waiverId} /> : null}
      {may.revoke ? <Revoke {...props} /> : null}
    </span>
  )
}

function Withdraw(props: { waiverId: string }) {
  const { send, pending, failure } = useAction(withdrawWaiver)
  return (
    <>
      {failure ? (
        <span role="alert" className="text-meta text-red">
          {failure.message}
        </span>
      ) : null}
      <Button
        size="small"
        pending={pending}
        onClick={async () => {
          const result = await send({ waiverId: props.waiverId })
          if (result.ok) announce('Withdrawn.')
        }}
      >
        Withdraw
      </Button>
    </>
  )
}

function Revoke(props: Props) {
  const id = useId()
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const { send, pending, failure } = useAction(revokeWaiver)
  const revoke = async () => {
    const result = await send({ waiverId: props.waiverId, reason: reason.trim() })
    if (!result.ok) return
    setOpen(false)
    announce('Revoked. The finding counts again.')
  }
  return (
    <>
      <Button size="small" tone="danger" onClick={() => setOpen(true)}>
        Revoke
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Revoke the waiver of ${props.rule}?`}
        sentence={`The finding counts again at once, and stops the next proposal of ${props.slug}. What was published stays published.`}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep it</Button>
            <Button
              tone="destructive"
              pending={pending}
              disabled={reason.trim() === ''}
              onClick={() => void revoke()}
            >
              Revoke
            </Button>
          </>
        }
      >
        <Field id={id} label="Reason, kept in the record" error={failure?.message}>
          <Textarea
            id={id}
            value={reason}
            maxLength={MAX_MESSAGE}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </Dialog>
    </>
  )
}
