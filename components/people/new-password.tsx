'use client'

import { useState } from 'react'
import { Checkbox, Field, Input } from '@/components/ui/field'
import { MAX_PASSWORD, MIN_PASSWORD } from '@/lib/core/limits'

/**
 * A password to be chosen: pasting and managers are welcome, and it can be shown. Length is asked
 * for, composition is not.
 */
export function NewPassword(props: { name: string; label: string; error: string | undefined }) {
  const [shown, setShown] = useState(false)
  return (
    <Field
      id={props.name}
      label={props.label}
      error={props.error}
      hint={`At least ${MIN_PASSWORD} characters; a few unrelated words are best.`}
    >
      <Input
        id={props.name}
        name={props.name}
        type={shown ? 'text' : 'password'}
        autoComplete="new-password"
        minLength={MIN_PASSWORD}
        maxLength={MAX_PASSWORD}
        required
        spellCheck={false}
        error={props.error !== undefined}
      />
      <Checkbox
        className="pt-1.5 text-meta text-ink-2"
        checked={shown}
        onChange={(event) => setShown(event.target.checked)}
      >
        Show it
      </Checkbox>
    </Field>
  )
}
