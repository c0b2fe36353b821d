'use client'

import type { ComponentProps } from 'react'
import { useFormStatus } from 'react-dom'
import { Button } from './button'

/**
 * The commit of a `<form action>`: stays enabled until it is sent, then says what is going on
 * ("Recording your decision") until the server has answered.
 */
export function SubmitButton(props: ComponentProps<typeof Button> & { pendingWord?: string }) {
  const { pendingWord, children, ...rest } = props
  const { pending } = useFormStatus()
  return (
    <Button tone="primary" {...rest} type="submit" pending={pending || props.pending === true}>
      {pending && pendingWord ? pendingWord : children}
    </Button>
  )
}
