'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { addToGroup, createGroup, removeFromGroup } from '@/lib/people/actions'
import type { GroupRow } from '@/lib/people/queries/groups'

type Candidate = { id: string; name: string }

/** Who is in a group; who may, puts people in and takes them out. */
export function GroupMembers(props: {
  group: GroupRow
  candidates: readonly Candidate[]
  mayManage: boolean
}) {
  const { group } = props
  const [chosen, setChosen] = useState('')
  const add = useAction(addToGroup)
  const remove = useAction(removeFromGroup)
  const failure = add.failure ?? remove.failure
  return (
    <>
      <ul aria-label={`Members of ${group.name}`}>
        {group.members.map((member) => (
          <li
            key={member.id}
            className="flex min-h-9 items-center justify-between gap-3 border-b border-line"
          >
            <span>
              <bdi>{member.name}</bdi>
              {member.active ? null : <span className="text-ink-3"> disabled</span>}
            </span>
            {props.mayManage ? (
              <Button
                size="small"
                tone="danger"
                pending={remove.pending}
                aria-label={`Take ${member.name} out of ${group.name}`}
                onClick={() => void remove.send({ groupId: group.id, personId: member.id })}
              >
                Take out
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
      {props.mayManage && props.candidates.length > 0 ? (
        <form
          className="flex max-w-[420px] items-end gap-2 pt-3"
          onSubmit={(event) => {
            event.preventDefault()
            if (chosen !== '') void add.send({ groupId: group.id, personId: chosen })
          }}
        >
          <Field id={`add-${group.id}`} label={`Put into ${group.name}`} className="flex-1">
            <Select
              id={`add-${group.id}`}
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            >
              <option value="">Choose a person</option>
              {props.candidates.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          </Field>
          <Button
            type="submit"
            pending={add.pending}
            reason={chosen === '' ? 'Choose a person.' : undefined}
          >
            Put in
          </Button>
        </form>
      ) : null}
      {failure ? (
        <p role="alert" className="pt-1 text-meta text-red">
          {failure.message}
        </p>
      ) : null}
    </>
  )
}

/** Makes a group. */
export function GroupForm() {
  const [name, setName] = useState('')
  const action = useAction(createGroup)
  const create = async () => {
    const result = await action.send({ name })
    if (result.ok) setName('')
  }
  return (
    <form
      className="flex max-w-[420px] items-end gap-2 pt-8"
      onSubmit={(event) => {
        event.preventDefault()
        void create()
      }}
    >
      <Field
        id="group"
        label="New group"
        error={action.failure?.fields?.name ?? action.failure?.message}
        className="flex-1"
      >
        <Input
          id="group"
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
