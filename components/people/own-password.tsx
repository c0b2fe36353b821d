'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { changePassword } from '@/lib/people/actions'
import { NewPassword } from './new-password'

/** Changes the reader's password; every other session ends. */
export function OwnPassword(props: { email: string }) {
  const action = useAction(changePassword)
  const [round, setRound] = useState(0)
  const fields = action.failure?.fields ?? {}
  const change = async (form: FormData) => {
    const current = String(form.get('current') ?? '')
    const next = String(form.get('next') ?? '')
    const result = await action.send({ current, next })
    if (result.ok) setRound((count) => count + 1)
  }
  return (
    <form
      key={round}
      className="flex max-w-[360px] flex-col gap-4 pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        void change(new FormData(event.currentTarget))
      }}
    >
      <input
        type="text"
        name="username"
        value={props.email}
        readOnly
        hidden
        autoComplete="username"
      />
      <Field id="current" label="Current password" error={fields.current}>
        <Input
          id="current"
          name="current"
          type="password"
          autoComplete="current-password"
          required
          error={fields.current !== undefined}
        />
      </Field>
      <NewPassword name="next" label="New password" error={fields.next} />
      {action.failure && !fields.current && !fields.next ? (
        <p role="alert" className="text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" pending={action.pending}>
          Change the password
        </Button>
        {action.done ? (
          <p role="status" className="text-meta text-ink-2">
            Recorded. Every other session has ended.
          </p>
        ) : null}
      </div>
    </form>
  )
}
