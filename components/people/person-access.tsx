'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input } from '@/components/ui/field'
import { SectionHead } from '@/components/ui/section'
import { useAction } from '@/components/ui/use-action'
import { disablePerson, enablePerson, renewInvitation } from '@/lib/people/actions'
import type { PersonState } from '@/lib/people/model'
import { LinkOnce } from './link-once'

type Person = { id: string; name: string; state: PersonState }

/** Makes a new link for somebody who has not joined; the old one stops working. */
function Renew(props: { person: Person; expires: string }) {
  const action = useAction(renewInvitation)
  if (action.done) return <LinkOnce token={action.done.value.token} name={props.person.name} />
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 flex-1 basis-64 text-ink-2">{props.expires}</p>
      <Button
        pending={action.pending}
        onClick={() => void action.send({ personId: props.person.id })}
      >
        Make a new link
      </Button>
      {action.failure ? (
        <p role="alert" className="basis-full text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
    </div>
  )
}

/** Shuts a person out; asks for the name because sessions and links cannot be given back. */
function Disable(props: { person: Person; whyNot: string | null }) {
  const { person } = props
  const [open, setOpen] = useState(false)
  const [typed, setTyped] = useState('')
  const action = useAction(disablePerson)
  const disable = async () => {
    const result = await action.send({ personId: person.id })
    if (result.ok) setOpen(false)
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 flex-1 basis-64 text-ink-2">
        {props.whyNot ?? 'Ends every session and link at once. The record of what they did stays.'}
      </p>
      <Button tone="danger" disabled={props.whyNot !== null} onClick={() => setOpen(true)}>
        Disable <bdi>{person.name}</bdi>
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Disable ${person.name}?`}
        sentence="Every session and open link ends now. Roles stay on the record and hold again if you enable this person later."
        actions={
          <>
            <Button onClick={() => setOpen(false)}>Keep</Button>
            <Button
              tone="destructive"
              pending={action.pending}
              disabled={typed.trim() !== person.name}
              onClick={() => void disable()}
            >
              Disable
            </Button>
          </>
        }
      >
        <Field id="typed-name" label={<>Type {person.name}</>} error={action.failure?.message}>
          <Input id="typed-name" value={typed} onChange={(event) => setTyped(event.target.value)} />
        </Field>
      </Dialog>
    </div>
  )
}

function Enable(props: { person: Person }) {
  const action = useAction(enablePerson)
  return (
    <div className="flex flex-wrap items-center gap-3">
      <p className="min-w-0 flex-1 basis-64 text-ink-2">
        Disabled: cannot sign in, and counts for nothing.
      </p>
      <Button
        pending={action.pending}
        onClick={() => void action.send({ personId: props.person.id })}
      >
        Enable <bdi>{props.person.name}</bdi>
      </Button>
      {action.failure ? (
        <p role="alert" className="basis-full text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
    </div>
  )
}

/** Whether a person can come in: the invitation, shutting out, letting in again. */
export function PersonAccess(props: {
  person: Person
  expires: string
  whyNotDisable: string | null
}) {
  const { person } = props
  return (
    <section aria-labelledby="access" className="pt-8">
      <SectionHead title="Access" id="access" />
      <div className="flex flex-col gap-3 pt-3">
        {person.state === 'invited' ? <Renew person={person} expires={props.expires} /> : null}
        {person.state === 'disabled' ? (
          <Enable person={person} />
        ) : (
          <Disable person={person} whyNot={props.whyNotDisable} />
        )}
      </div>
    </section>
  )
}
