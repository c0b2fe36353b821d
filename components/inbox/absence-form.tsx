'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { endAbsence, planAbsence } from '@/lib/inbox/actions'
import type { Named } from '@/lib/inbox/model'

/** From, until, who: the times are those of this device's clock. */
export function AbsenceForm(props: { colleagues: readonly Named[]; zone: string }) {
  const router = useRouter()
  const [from, setFrom] = useState('')
  const [until, setUntil] = useState('')
  const [delegateId, setDelegate] = useState('')
  const { send, pending, failure } = useAction(planAbsence)
  const save = async () => {
    const result = await send({ from: instant(from), until: instant(until), delegateId })
    if (!result.ok) return
    announce('Your absence is planned.')
    setFrom('')
    setUntil('')
    setDelegate('')
    router.refresh()
  }
  const whole = instant(from) !== null && instant(until) !== null && delegateId !== ''
  return (
    <form
      className="flex flex-wrap items-end gap-3 pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field id="absence-from" label="From" hint={props.zone}>
        <Input
          id="absence-from"
          type="datetime-local"
          value={from}
          onChange={(event) => setFrom(event.target.value)}
        />
      </Field>
      <Field id="absence-until" label="Until" hint={props.zone}>
        <Input
          id="absence-until"
          type="datetime-local"
          value={until}
          onChange={(event) => setUntil(event.target.value)}
        />
      </Field>
      <Field id="absence-delegate" label="Stands in for you">
        <Select
          id="absence-delegate"
          value={delegateId}
          onChange={(event) => setDelegate(event.target.value)}
        >
          <option value="">Choose an approver</option>
          {props.colleagues.map((one) => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Button type="submit" disabled={!whole} pending={pending}>
        Plan the absence
      </Button>
      {failure ? (
        <p role="alert" className="basis-full text-red">
          {failure.message}
        </p>
      ) : null}
    </form>
  )
}

/** What a date field holds as an instant, read by the device's clock; null while it is not whole. */
function instant(local: string): string | null {
  const at = new Date(local)
  return local === '' || Number.isNaN(at.getTime()) ? null : at.toISOString()
}

export function EndAbsence(props: { absenceId: string; begun: boolean }) {
  const router = useRouter()
  const { send, pending, failure } = useAction(endAbsence)
  const end = async () => {
    if (!(await send({ absenceId: props.absenceId })).ok) return
    announce('Your absence has ended.')
    router.refresh()
  }
  return (
    <span className="flex items-center gap-2">
      {failure ? (
        <span role="alert" className="text-meta text-red">
          {failure.message}
        </span>
      ) : null}
      <Button size="small" pending={pending} onClick={() => void end()}>
        {props.begun ? 'I am back' : 'Take it back'}
      </Button>
    </span>
  )
}
