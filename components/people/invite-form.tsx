'use client'

import { useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { invitePerson } from '@/lib/people/actions'
import { LinkOnce } from './link-once'
import { type ChosenRole, type Place, RolesInput } from './roles-input'

/** Name, e-mail, roles; then the link, once. Nothing is sent: the person who invites hands it over. */
export function InviteForm(props: { places: readonly Place[]; closeHref: string }) {
  const start: ChosenRole = { role: 'viewer', departmentId: props.places[0]?.id ?? null }
  const [roles, setRoles] = useState<ChosenRole[]>([start])
  const [name, setName] = useState('')
  const action = useAction(invitePerson)
  const fields = action.failure?.fields ?? {}
  if (action.done) {
    return (
      <div className="flex flex-col gap-4">
        <LinkOnce token={action.done.value.token} name={name} />
        <div className="flex gap-2 border-t border-line pt-3">
          <ButtonLink href={`/people/${action.done.value.personId}`}>Open the person</ButtonLink>
          <ButtonLink href={props.closeHref} tone="quiet">
            Close
          </ButtonLink>
        </div>
      </div>
    )
  }
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        const email = String(new FormData(event.currentTarget).get('email') ?? '')
        void action.send({ name, email, roles })
      }}
    >
      <Field id="invite-name" label="Name" error={fields.name}>
        <Input
          id="invite-name"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={120}
          required
          autoFocus
          error={fields.name !== undefined}
        />
      </Field>
      <Field id="invite-email" label="E-mail" error={fields.email}>
        <Input
          id="invite-email"
          name="email"
          type="email"
          maxLength={254}
          required
          error={fields.email !== undefined}
        />
      </Field>
      <RolesInput chosen={roles} places={props.places} onChange={setRoles} />
      {action.failure && !fields.name && !fields.email ? (
        <p role="alert" className="text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
      <div>
        <Button type="submit" tone="primary" size="commit" pending={action.pending}>
          {action.pending ? 'Making the link' : 'Make the invitation link'}
        </Button>
      </div>
    </form>
  )
}
