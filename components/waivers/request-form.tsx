'use client'

import { useRouter } from 'next/navigation'
import { useId, useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Input, Select, Textarea } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { requestWaiver } from '@/lib/agents/actions'
import { MAX_WAIVER_DAYS } from '@/lib/constitution/model'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { localDate } from '@/lib/core/time'

const DAY_MS = 86_400_000
const FIRST_GUESS_DAYS = 14

/** Reason, owner, last day. The server says what it refuses; the days offered are those it takes. */
export function RequestForm(props: {
  about: { agentId: string; digest: string; fingerprint: string }
  people: readonly { id: string; name: string }[]
  ownerId: string
  readerId: string
  /** When the page was made, in milliseconds. */
  now: number
  backHref: string
}) {
  const id = useId()
  const router = useRouter()
  const day = (days: number) => localDate(new Date(props.now + days * DAY_MS))
  const [reason, setReason] = useState('')
  const [ownerId, setOwner] = useState(props.ownerId)
  const [endsOn, setEndsOn] = useState(day(FIRST_GUESS_DAYS))
  const { send, pending, failure } = useAction(requestWaiver)
  const fields = failure?.fields ?? {}
  const other = failure && Object.keys(fields).length === 0 ? failure.message : null
  return (
    <form
      className="flex max-w-[520px] flex-col gap-4 pt-5"
      onSubmit={async (event) => {
        event.preventDefault()
        const result = await send({ ...props.about, reason: reason.trim(), ownerId, endsOn })
        if (result.ok) router.push(`/inbox/${result.value.approvalId}`)
      }}
    >
      <Field
        id={`${id}-reason`}
        label="Reason, read by who decides and kept in the record"
        hint="Why it cannot be fixed now, and what will have changed by the last day."
        error={fields.reason}
      >
        <Textarea
          id={`${id}-reason`}
          required
          rows={4}
          value={reason}
          maxLength={MAX_MESSAGE}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <Field
        id={`${id}-owner`}
        label="Owner"
        hint="Answers for it until it ends, and cannot decide about it."
        error={fields.ownerId}
      >
        <Select
          id={`${id}-owner`}
          value={ownerId}
          onChange={(event) => setOwner(event.target.value)}
        >
          {props.people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
              {person.id === props.readerId ? ' (you)' : ''}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        id={`${id}-day`}
        label="Last day"
        source={`at most ${MAX_WAIVER_DAYS} days`}
        hint="To its end in UTC. The day after, the finding counts again."
        error={fields.endsOn}
      >
        <Input
          id={`${id}-day`}
          type="date"
          required
          className="w-[180px]!"
          min={day(0)}
          max={day(MAX_WAIVER_DAYS)}
          value={endsOn}
          onChange={(event) => setEndsOn(event.target.value)}
        />
      </Field>
      {other ? (
        <p role="alert" className="text-red">
          {other}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" size="commit" pending={pending}>
          Ask to excuse it
        </Button>
        <ButtonLink href={props.backHref} size="commit">
          Leave it
        </ButtonLink>
      </div>
    </form>
  )
}
