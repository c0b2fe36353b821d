'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Select } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { assignAgent } from '@/lib/agents/actions'

type Choice = { id: string; name: string }

/** Who answers for an agent: two people and a department, in one commit. */
export function AssignForm(props: {
  agent: { id: string; slug: string; ownerId: string | null; sponsorId: string | null }
  departmentId: string
  people: readonly Choice[]
  departments: readonly Choice[]
  whyNot: string | undefined
}) {
  const { agent } = props
  const router = useRouter()
  const action = useAction(assignAgent)
  const [ownerId, setOwner] = useState(agent.ownerId ?? '')
  const [sponsorId, setSponsor] = useState(agent.sponsorId ?? '')
  const [departmentId, setDepartment] = useState(props.departmentId)
  const commit = async () => {
    const result = await action.send({
      agentId: agent.id,
      ownerId: ownerId || null,
      sponsorId: sponsorId || null,
      departmentId,
    })
    if (result.ok) router.push(`/agents/${agent.slug}`)
  }
  return (
    <form
      className="flex w-full max-w-[520px] flex-col gap-4 px-6 py-5 max-sm:px-4"
      onSubmit={(event) => {
        event.preventDefault()
        void commit()
      }}
    >
      <Pick
        id="owner"
        label="Owner"
        hint="Keeps the definition and answers its findings."
        value={ownerId}
        onChange={setOwner}
        choices={props.people}
        none="Nobody"
      />
      <Pick
        id="sponsor"
        label="Sponsor"
        hint="Answers for what it does and attests it at each review."
        value={sponsorId}
        onChange={setSponsor}
        choices={props.people}
        none="Nobody"
      />
      <Pick
        id="department"
        label="Department"
        hint="Its approvers and reviewers decide about the agent."
        value={departmentId}
        onChange={setDepartment}
        choices={props.departments}
      />
      <p role="alert" className="text-red empty:hidden">
        {action.failure?.message ?? ''}
      </p>
      <div className="flex justify-end gap-2">
        <ButtonLink href={`/agents/${agent.slug}`}>Leave it</ButtonLink>
        <Button type="submit" tone="primary" pending={action.pending} reason={props.whyNot}>
          {action.pending ? 'Recording' : 'Record who answers'}
        </Button>
      </div>
    </form>
  )
}

function Pick(props: {
  id: string
  label: string
  hint: string
  value: string
  onChange: (value: string) => void
  choices: readonly Choice[]
  none?: string
}) {
  return (
    <Field id={props.id} label={props.label} hint={props.hint}>
      <Select
        id={props.id}
        value={props.value}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {props.none ? <option value="">{props.none}</option> : null}
        {props.choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.name}
          </option>
        ))}
      </Select>
    </Field>
  )
}
