'use client'

import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button } from '@/components/ui/button'
import { Field, Select } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { assignAgent } from '@/lib/agents/actions'
import type { Assignable } from '@/lib/agents/queries/assignable'

type Named = { id: string; name: string }
type Answering = { ownerId: string | null; sponsorId: string | null; departmentId: string }

function Choice(props: {
  id: string
  label: string
  value: string | null
  options: readonly Named[]
  /** What the empty choice is called; without it there is none. */
  nobody?: string
  onChange: (id: string | null) => void
}) {
  return (
    <Field id={props.id} label={props.label}>
      <Select
        id={props.id}
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.target.value || null)}
      >
        {props.nobody ? <option value="">{props.nobody}</option> : null}
        {props.options.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** People of the list, and whoever answers now though they are no longer in it. */
function withCurrent(people: readonly Named[], id: string | null, name: string | null): Named[] {
  const known = id === null || people.some((one) => one.id === id)
  return known ? [...people] : [{ id, name: `${name ?? 'someone'}, no longer here` }, ...people]
}

/** Says who answers for the agent. Every change is a fact with the name of whoever made it. */
export function AssignAgent(props: {
  agentId: string
  now: Answering & { owner: string | null; sponsor: string | null }
  choices: Assignable
}) {
  const { now, choices } = props
  const [open, setOpen] = useState(false)
  const [next, setNext] = useState<Answering>(now)
  const { send, pending, failure } = useAction(assignAgent)
  if (!open) {
    return (
      <Button
        size="small"
        className="mt-2"
        onClick={() => {
          setNext(now)
          setOpen(true)
        }}
      >
        Assign
      </Button>
    )
  }
  const set = (change: Partial<Answering>) => setNext((known) => ({ ...known, ...change }))
  return (
    <form
      className="mt-3 flex flex-col gap-3 border-t border-line pt-3"
      onSubmit={async (event) => {
        event.preventDefault()
        const { ownerId, sponsorId, departmentId } = next
        const result = await send({ agentId: props.agentId, ownerId, sponsorId, departmentId })
        if (!result.ok) return
        announce('Assigned.')
        setOpen(false)
      }}
    >
      <Choice
        id="assign-owner"
        label="Owner"
        value={next.ownerId}
        options={withCurrent(choices.people, now.ownerId, now.owner)}
        nobody="nobody"
        onChange={(ownerId) => set({ ownerId })}
      />
      <Choice
        id="assign-sponsor"
        label="Sponsor"
        value={next.sponsorId}
        options={withCurrent(choices.people, now.sponsorId, now.sponsor)}
        nobody="nobody"
        onChange={(sponsorId) => set({ sponsorId })}
      />
      <Choice
        id="assign-department"
        label="Department"
        value={next.departmentId}
        options={choices.departments}
        onChange={(id) => id && set({ departmentId: id })}
      />
      {failure ? (
        <p role="alert" className="text-meta text-red">
          {failure.message}
        </p>
      ) : null}
      <div className="flex gap-2">
        <Button type="submit" tone="primary" size="small" pending={pending}>
          Assign
        </Button>
        <Button tone="quiet" size="small" onClick={() => setOpen(false)}>
          Leave it
        </Button>
      </div>
    </form>
  )
}
