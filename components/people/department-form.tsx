'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { createDepartment } from '@/lib/people/actions'

/** Adds a department. */
export function DepartmentForm() {
  const [name, setName] = useState('')
  const action = useAction(createDepartment)
  const create = async () => {
    const result = await action.send({ name })
    if (result.ok) setName('')
  }
  return (
    <form
      className="flex max-w-[420px] items-end gap-2 pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <Field
        id="department"
        label="New department"
        error={action.failure?.fields?.name ?? action.failure?.message}
        className="flex-1"
      >
        <Input
          id="department"
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={120}
          required
          error={action.failure !== null}
        />
      </Field>
      <Button type="submit" pending={action.pending} className="self-start mt-5">
        Create
      </Button>
    </form>
  )
}
