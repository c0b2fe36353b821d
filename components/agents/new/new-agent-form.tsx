'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Field, Input, Select, Textarea } from '@/components/ui/field'
import type { ImportedFile } from '@/lib/agents/commands/import-file'
import { isSlug } from '@/lib/core/ids'
import type { Result } from '@/lib/core/result'
import type { ToolFact } from '@/lib/definition/model'
import { toBase64 } from '../bytes'
import { ToolTicks } from '../tool-ticks'
import { firstText } from './first-text'

type Draft = {
  name: string
  description: string
  tools: string[]
  model: string
  instructions: string
}

type Props = {
  departments: readonly { id: string; name: string }[]
  tools: readonly ToolFact[]
  models: readonly { name: string; title: string }[]
}

const START: Draft = {
  name: '',
  description: '',
  tools: ['Read', 'Grep', 'Glob'],
  model: '',
  instructions: '',
}

/** Sends the first text through the same door as every import; the id keeps two tries apart. */
async function create(departmentId: string, file: { name: string; id: string; text: string }) {
  const path = `new/${file.id}/${file.name}.md`
  const bytes = toBase64(new TextEncoder().encode(file.text))
  const response = await fetch('/api/console/agents/import', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ departmentId, files: [{ path, bytes }] }),
  })
  const body = (await response.json()) as
    | { results: Result<ImportedFile>[] }
    | Extract<Result<never>, { ok: false }>
  const result = 'results' in body ? body.results[0] : body
  if (result?.ok) return { slug: result.value.slug, problem: null }
  return { slug: null, problem: result?.error.message ?? 'The server did not answer.' }
}

function useCreate() {
  const router = useRouter()
  const [id] = useState(() => crypto.randomUUID().slice(0, 8))
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  async function send(departmentId: string, name: string, text: string) {
    setPending(true)
    setProblem(null)
    const made = await create(departmentId, { name, id, text }).catch(() => ({
      slug: null,
      problem: 'The server did not answer. What you typed is kept. Try again.',
    }))
    if (made.slug !== null) return router.push(`/agents/${made.slug}/edit`)
    setProblem(made.problem)
    setPending(false)
  }
  return { pending, problem, send }
}

type Set = (change: Partial<Draft>) => void

function Words(props: { agent: Draft; set: Set }) {
  const { agent, set } = props
  const badName = agent.name !== '' && !isSlug(agent.name)
  return (
    <>
      <Field
        id="new-name"
        label="Name"
        source="1 to 64 characters"
        hint="Other agents call it by this name."
        error={
          badName ? 'Use lower-case words joined by hyphens, for example release-notes.' : undefined
        }
      >
        <Input
          id="new-name"
          mono
          value={agent.name}
          maxLength={64}
          required
          error={badName}
          onChange={(event) => set({ name: event.target.value })}
        />
      </Field>
      <Field id="new-description" label="Description" hint="Hosts pick an agent by what this says.">
        <Textarea
          id="new-description"
          value={agent.description}
          maxLength={1_000}
          required
          onChange={(event) => set({ description: event.target.value })}
        />
      </Field>
    </>
  )
}

function Powers(props: { agent: Draft; set: Set; tools: Props['tools']; models: Props['models'] }) {
  const { agent, set } = props
  return (
    <>
      <ToolTicks
        tools={props.tools}
        chosen={agent.tools}
        onToggle={(name, on) =>
          set({ tools: on ? [...agent.tools, name] : agent.tools.filter((one) => one !== name) })
        }
      />
      <Field id="new-model" label="Model">
        <Select
          id="new-model"
          mono
          value={agent.model}
          onChange={(event) => set({ model: event.target.value })}
        >
          {props.models.map((one) => (
            <option key={one.name} value={one.name}>
              {one.name}: {one.title}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="new-text" label="Instructions" hint="A start; you go on in the editor.">
        <Textarea
          id="new-text"
          rows={6}
          value={agent.instructions}
          onChange={(event) => set({ instructions: event.target.value })}
        />
      </Field>
    </>
  )
}

function Preview(props: { name: string; text: string }) {
  return (
    <section aria-label="What will be written" className="min-w-0">
      <h2 className="pb-1 text-meta text-ink-2">
        {props.name || 'name'}.md, as it will be written
      </h2>
      <pre className="overflow-x-auto whitespace-pre-wrap rounded-box border border-line bg-code px-3 py-2 text-mono">
        {props.text}
      </pre>
    </section>
  )
}

/** A first definition from a small form; the editor does the rest. */
export function NewAgentForm(props: Props) {
  const [agent, setAgent] = useState({ ...START, model: props.models[0]?.name ?? 'inherit' })
  const [departmentId, setDepartment] = useState(props.departments[0]?.id ?? '')
  const { pending, problem, send } = useCreate()
  const set: Set = (change) => setAgent((known) => ({ ...known, ...change }))
  const ready = isSlug(agent.name) && agent.description.trim() !== '' && departmentId !== ''
  const text = firstText(agent)
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (ready && !pending) void send(departmentId, agent.name, text)
      }}
    >
      <div className="grid min-h-0 flex-1 content-start gap-8 overflow-y-auto px-6 py-5 max-sm:px-4 lg:grid-cols-[minmax(0,520px)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4">
          <Words agent={agent} set={set} />
          <Field id="new-department" label="Department">
            <Select
              id="new-department"
              value={departmentId}
              onChange={(event) => setDepartment(event.target.value)}
            >
              {props.departments.map((one) => (
                <option key={one.id} value={one.id}>
                  {one.name}
                </option>
              ))}
            </Select>
          </Field>
          <Powers agent={agent} set={set} tools={props.tools} models={props.models} />
        </div>
        <Preview name={agent.name} text={text} />
      </div>
      <div
        data-verbs=""
        className="flex min-h-14 shrink-0 flex-wrap items-center gap-3 border-t border-line-2 px-6 py-2.5 max-sm:px-4"
      >
        <p role="status" className={problem === null ? 'text-ink-2' : 'text-red'}>
          {problem ?? 'It starts as a draft. Nothing runs before somebody else approved it.'}
        </p>
        <div className="ml-auto flex items-center gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
          <ButtonLink href="/agents" tone="quiet" size="commit">
            Cancel
          </ButtonLink>
          <Button
            type="submit"
            tone="primary"
            size="commit"
            keys="⌘↵"
            disabled={!ready}
            pending={pending}
          >
            Make the draft
          </Button>
        </div>
      </div>
    </form>
  )
}
