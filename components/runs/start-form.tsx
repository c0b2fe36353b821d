'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Select, Textarea } from '@/components/ui/field'
import { Rehearsal } from '@/components/ui/state-shape'
import { TextLink } from '@/components/ui/text-link'
import { useAction } from '@/components/ui/use-action'
import { startRun } from '@/lib/runs/actions'

export type RunnableAgent = {
  id: string
  slug: string
  version: string | null
  whyNot: string | null
}
type Place = { id: string; slug: string; rootPath: string }

/** Starts a run: who, where, on what. The server records it and answers at once. */
export function StartForm(props: {
  agents: readonly RunnableAgent[]
  workspaces: readonly Place[]
  chosen: string | null
}) {
  const router = useRouter()
  const action = useAction(startRun)
  const first = props.agents.find((agent) => agent.slug === props.chosen) ?? props.agents[0]
  const [agentId, setAgentId] = useState(first?.id ?? '')
  const [workspaceId, setWorkspaceId] = useState(props.workspaces[0]?.id ?? '')
  const [task, setTask] = useState('')
  const agent = props.agents.find((one) => one.id === agentId)
  const why =
    agent?.whyNot ?? (props.workspaces.length === 0 ? 'No workspace is registered here.' : null)
  const start = async () => {
    const result = await action.send({ agentId, workspaceId, task, model: 'rehearsal' })
    if (result.ok) router.push(`/runs/${result.value.number}`)
  }
  return (
    <form
      className="flex w-full max-w-[620px] flex-col gap-4 px-6 py-5 max-sm:px-4"
      onSubmit={(event) => {
        event.preventDefault()
        void start()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.currentTarget.requestSubmit()
        }
      }}
    >
      <Field
        id="agent"
        label="Agent"
        source={agent?.version ? `version ${agent.version}` : 'no published version'}
      >
        <Select id="agent" value={agentId} onChange={(event) => setAgentId(event.target.value)}>
          {props.agents.map((one) => (
            <option key={one.id} value={one.id}>
              {one.slug}
            </option>
          ))}
        </Select>
      </Field>
      <Field
        id="workspace"
        label="Workspace"
        hint={
          props.workspaces.length === 0 ? (
            <>
              An administrator registers folders under{' '}
              <TextLink href="/settings#workspaces">Settings</TextLink>.
            </>
          ) : (
            'The run works on a copy. Files change only after people approved the change-set.'
          )
        }
      >
        <Select
          id="workspace"
          value={workspaceId}
          onChange={(event) => setWorkspaceId(event.target.value)}
        >
          {props.workspaces.map((place) => (
            <option key={place.id} value={place.id}>
              {place.slug}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="task" label="Task" error={action.failure?.fields?.task}>
        <Textarea
          id="task"
          rows={5}
          maxLength={4_000}
          value={task}
          onChange={(event) => setTask(event.target.value)}
        />
      </Field>
      <div className="flex items-center gap-3">
        <Rehearsal />
        <p className="text-meta text-ink-2">
          No AI model is connected. A rehearsal walks the agent’s tools by fixed rules, so that
          gate, approvals and files can be tried.
        </p>
      </div>
      <p role="alert" className="text-red empty:hidden">
        {action.failure && !action.failure.fields ? action.failure.message : ''}
      </p>
      <div className="flex justify-end">
        <Button
          type="submit"
          tone="primary"
          size="commit"
          keys="⌘↵"
          pending={action.pending}
          reason={why ?? undefined}
        >
          {action.pending ? 'Recording the run' : 'Start rehearsal'}
        </Button>
      </div>
    </form>
  )
}
