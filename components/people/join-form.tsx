'use client'

import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { acceptInvitation } from '@/lib/people/actions'
import { NewPassword } from './new-password'

/** Accepts an invitation: a password is all that is missing. */
export function JoinForm(props: { token: string; email: string; verb: string }) {
  const action = useAction(acceptInvitation)
  const join = async (form: FormData) => {
    const password = String(form.get('password') ?? '')
    const result = await action.send({ token: props.token, password })
    if (result.ok) location.assign('/')
  }
  const field = action.failure?.fields?.password
  return (
    <form
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void join(new FormData(event.currentTarget))
      }}
    >
      <Field id="email" label="E-mail" source="as you were invited">
        <Input id="email" name="email" value={props.email} readOnly autoComplete="username" />
      </Field>
      <NewPassword name="password" label="Choose a password" error={field} />
      {action.failure && !field ? (
        <p role="alert" className="text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
      <div>
        <Button type="submit" tone="primary" size="commit" pending={action.pending}>
          {action.pending ? 'Recording it' : props.verb}
        </Button>
      </div>
    </form>
  )
}
