'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { type SignInAnswer, signInWithPassword } from './sign-in-request'

const WRONG = 'E-mail and password do not belong together.'
const FAILED = 'The server did not answer. Nothing was changed. Try again.'

function words(answer: SignInAnswer): string | null {
  if (answer.state === 'wrong') return WRONG
  if (answer.state === 'failed') return FAILED
  if (answer.state !== 'limited') return null
  const { seconds } = answer
  const wait = seconds < 90 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`
  return `Too many attempts. Try again in ${wait}.`
}

/** E-mail and password. One sentence for every wrong pair: it does not tell who is here. */
export function LoginForm(props: { next: string }) {
  const [pending, setPending] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const signIn = async (form: FormData) => {
    setPending(true)
    setError(null)
    const answer = await signInWithPassword(
      String(form.get('email') ?? ''),
      String(form.get('password') ?? ''),
    )
    // A whole new page: nothing that was rendered for nobody is kept.
    if (answer.state === 'in') return location.assign(props.next)
    setError(words(answer))
    setPending(false)
  }
  return (
    <form
      method="post"
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault()
        void signIn(new FormData(event.currentTarget))
      }}
    >
      <Field id="email" label="E-mail">
        <Input id="email" name="email" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Field id="password" label="Password" error={error ?? undefined}>
        <Input
          id="password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={error !== null}
        />
      </Field>
      <p role="alert" className="sr-only">
        {error}
      </p>
      <div>
        <Button type="submit" tone="primary" size="commit" pending={pending}>
          {pending ? 'Signing in' : 'Sign in'}
        </Button>
      </div>
    </form>
  )
}
