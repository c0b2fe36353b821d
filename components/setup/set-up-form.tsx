'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { NewPassword } from '@/components/people/new-password'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { SectionHead } from '@/components/ui/section'
import { useAction } from '@/components/ui/use-action'
import { setUp } from '@/lib/people/actions'

const FIELDS = ['organisation', 'department', 'name', 'email', 'password'] as const
type Name = (typeof FIELDS)[number]

/** One text field of the form, with its own error. */
function Text(props: {
  name: Name
  label: string
  hint?: string
  type?: string
  complete: string
  error: string | undefined
}) {
  const { name, error } = props
  return (
    <Field id={name} label={props.label} hint={props.hint} error={error}>
      <Input
        id={name}
        name={name}
        type={props.type ?? 'text'}
        autoComplete={props.complete}
        maxLength={254}
        required
        error={error !== undefined}
      />
    </Field>
  )
}

/** First run: what this installation is, and its first person. One form, one commit. */
export function SetUpForm(props: { token: string; instead: ReactNode }) {
  const action = useAction(setUp)
  const router = useRouter()
  const fields = action.failure?.fields ?? {}
  const commit = async (form: FormData) => {
    const given = Object.fromEntries(FIELDS.map((name) => [name, String(form.get(name) ?? '')]))
    const result = await action.send({ token: props.token, ...given })
    // The link is used up: it leaves the address and the history.
    if (result.ok) router.replace('/setup')
  }
  return (
    <form
      method="post"
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        void commit(new FormData(event.currentTarget))
      }}
    >
      <div className="flex w-full max-w-[560px] flex-1 flex-col gap-4 px-12 pt-[68px] pb-8 max-md:px-4 max-md:pt-5">
        <SectionHead title="The organisation" />
        <Text
          name="organisation"
          label="Name of the organisation"
          complete="organization"
          error={fields.organisation}
        />
        <Text
          name="department"
          label="First department"
          hint="Agents and rights belong to departments. More can follow under Settings."
          complete="off"
          error={fields.department}
        />
        <SectionHead title="You" className="pt-4" />
        <Text name="name" label="Your name" complete="name" error={fields.name} />
        <Text name="email" label="E-mail" type="email" complete="username" error={fields.email} />
        <NewPassword name="password" label="Password" error={fields.password} />
        <div className="pt-6">{props.instead}</div>
      </div>
      <div className="sticky bottom-0 flex flex-wrap items-center gap-x-6 gap-y-2 border-t border-line-2 bg-bg px-12 py-3 max-md:px-4">
        <p className="min-w-0 flex-1 text-ink-2 max-sm:basis-full">
          {action.failure && Object.keys(fields).length === 0 ? (
            <span role="alert" className="text-red">
              {action.failure.message}
            </span>
          ) : (
            'You get every role but approver: what you make, somebody else approves.'
          )}
        </p>
        <Button type="submit" tone="primary" size="commit" pending={action.pending}>
          {action.pending ? 'Opening the record' : 'Open the record'}
        </Button>
      </div>
    </form>
  )
}
