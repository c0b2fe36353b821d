'use client'

import { useId, useState } from 'react'
import { Field, Input, Select, Textarea } from '@/components/ui/field'
import { State } from '@/components/ui/state-shape'
import { addTool, removeTool, setField } from '@/lib/definition/edit'
import type {
  CapabilityRow,
  DefinitionContent,
  EditResult,
  RiskTier,
  ToolFact,
} from '@/lib/definition/model'
import { type ToolRemark, ToolTicks } from '../tool-ticks'
import type { Analysis } from './analysis'

export type Edit = (content: DefinitionContent) => EditResult
/** Applies an edit to the text as it is now; the reason when it was refused. */
export type ApplyEdit = (edit: Edit) => string | null

type Props = {
  analysis: Analysis
  live: { number: string; toolNames: readonly string[]; tier: RiskTier } | null
  tools: readonly ToolFact[]
  models: readonly { name: string; title: string }[]
  disabled: boolean
  apply: ApplyEdit
}

/** "line 3, 184 characters"; "not in the file" where the field is missing. */
function sourceOf(content: DefinitionContent, key: string, more = ''): string {
  const field = content.fields.find((one) => one.key === key)
  return field ? `line ${field.range.line}${more}` : 'not in the file'
}

/** A field of text that edits the definition as one types and shows why when it cannot. */
function TextField(props: {
  label: string
  name: string
  value: string
  source: string
  rows?: number
  mono?: boolean
  disabled: boolean
  apply: ApplyEdit
}) {
  const id = useId()
  // What is being typed: a value with a trailing blank is no value of the file yet.
  const [typed, setTyped] = useState<string | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const shared = {
    id,
    mono: props.mono === true,
    disabled: props.disabled,
    value: typed ?? props.value,
    error: reason !== null,
    spellCheck: false,
    onBlur: () => reason === null && setTyped(null),
    onChange: (event: { target: { value: string } }) => {
      const { value } = event.target
      setTyped(value)
      setReason(props.apply((content) => setField(content, props.name, value.trimEnd())))
    },
  }
  return (
    <Field id={id} label={props.label} source={props.source} error={reason ?? undefined}>
      {props.rows ? <Textarea rows={props.rows} {...shared} /> : <Input {...shared} />}
    </Field>
  )
}

/** Tools of the file first, then those it lost, then the rest of the catalog. */
function orderedTools(props: Props): ToolFact[] {
  const { analysis, live } = props
  const facts = new Map(props.tools.map((tool) => [tool.name, tool]))
  const own = analysis.capabilities.tools.map(
    (tool): ToolFact => ({
      name: tool.name,
      class: tool.class,
      risk: tool.risk,
      meaning: tool.meaning,
    }),
  )
  const lost = (live?.toolNames ?? []).map(
    (name): ToolFact =>
      facts.get(name) ?? {
        name,
        class: 'unclassified',
        risk: 'critical',
        meaning: 'is unclassified',
      },
  )
  const all = new Map<string, ToolFact>()
  for (const tool of [...own, ...lost, ...props.tools]) {
    if (!all.has(tool.name)) all.set(tool.name, tool)
  }
  return [...all.values()]
}

/** What a tick changes. Without a version to compare with, only what needs thought is told. */
function remarkOf(
  rows: readonly CapabilityRow[],
  name: string,
  compared: boolean,
): ToolRemark | null {
  const row = rows.find((one) => one.name === name)
  if (!row || (!compared && row.risk === 'low')) return null
  if (row.op === '-') return { words: 'removed', tone: 'removed' }
  if (row.direction !== 'widens') return { words: 'named', tone: 'plain' }
  return { words: 'widens', tone: row.risk === 'low' ? 'widens' : 'care' }
}

function Tools(props: Props) {
  const { analysis, live } = props
  const [reason, setReason] = useState<string | null>(null)
  const { content, capabilities, change } = analysis
  const compared = live ? `, compared with ${live.number}` : ''
  return (
    <div>
      <ToolTicks
        tools={orderedTools(props)}
        chosen={capabilities.tools.map((tool) => tool.name)}
        source={sourceOf(content, 'tools', compared)}
        disabled={props.disabled}
        remarkOf={(name) => remarkOf(change.rows, name, live !== null)}
        hint={
          capabilities.inheritsAll
            ? 'No list in the file: it inherits every tool of the session. Ticking one writes a list.'
            : undefined
        }
        onToggle={(name, on) =>
          setReason(props.apply((now) => (on ? grant(now, name) : removeTool(now, name))))
        }
      />
      {reason === null ? null : <p className="pt-1.5 text-meta text-red">{reason}</p>}
    </div>
  )
}

/** Naming the first tool of a file without a list is a choice that narrows: it writes the list. */
function grant(content: DefinitionContent, name: string): EditResult {
  return content.tools.form === 'absent' ? setField(content, 'tools', name) : addTool(content, name)
}

function Model(props: Props) {
  const id = useId()
  const [reason, setReason] = useState<string | null>(null)
  const { content } = props.analysis
  const known = props.models.some((one) => one.name === content.model)
  return (
    <Field id={id} label="Model" source={sourceOf(content, 'model')} error={reason ?? undefined}>
      <Select
        id={id}
        mono
        disabled={props.disabled}
        value={content.model ?? ''}
        onChange={(event) =>
          setReason(props.apply((now) => setField(now, 'model', event.target.value)))
        }
      >
        {content.model === null ? <option value="">inherited from the session</option> : null}
        {content.model !== null && !known ? (
          <option value={content.model}>{content.model}</option>
        ) : null}
        {props.models.map((one) => (
          <option key={one.name} value={one.name}>
            {one.name}: {one.title}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** The front matter as a form over the same text: each change is a splice, nothing else moves. */
export function FormPane(props: Props) {
  const { analysis, live, apply } = props
  const { content, risk } = analysis
  const broken = content.frontmatter?.valid === false || content.fields.length === 0
  const disabled = props.disabled || broken
  const description = content.description ?? ''
  return (
    <div className="flex flex-col gap-4">
      {broken ? (
        <p role="status" className="rounded-box border border-amb-edge bg-amb-soft px-3 py-2">
          The front matter does not parse, so the form is off. Repair it in the text; what is found
          is marked there.
        </p>
      ) : null}
      <TextField
        label="Name"
        name="name"
        mono
        value={content.name ?? ''}
        source={sourceOf(content, 'name')}
        {...{ disabled, apply }}
      />
      <TextField
        label="Description"
        name="description"
        rows={4}
        value={description}
        source={sourceOf(content, 'description', `, ${description.length} characters`)}
        {...{ disabled, apply }}
      />
      <Tools {...props} disabled={disabled} />
      <Model {...props} disabled={disabled} />
      {analysis.capabilities.mcpServers.length === 0 ? null : (
        <p className="flex flex-col text-meta">
          <span className="text-ink-2">MCP servers</span>
          <span className="font-mono text-mono">{analysis.capabilities.mcpServers.join(', ')}</span>
        </p>
      )}
      <div>
        <p className="flex justify-between text-meta">
          <span className="text-ink-2">Risk tier</span>
          <span className="text-ink-3">computed</span>
        </p>
        <p className="flex flex-wrap items-center gap-x-2 pt-1">
          {live && live.tier !== risk.tier ? (
            <>
              <State kind="risk" is={live.tier} />
              <span aria-hidden="true">→</span>
              <span className="sr-only">becomes</span>
            </>
          ) : null}
          <State kind="risk" is={risk.tier} />
          <span className="text-ink-2">{risk.reason}</span>
        </p>
      </div>
    </div>
  )
}
