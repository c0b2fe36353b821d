'use client'

import { useState } from 'react'
import { addTool, removeTool, setField } from '@/lib/definition/edit'
import type { CapabilityRow, DefinitionContent, EditResult, ToolFact } from '@/lib/definition/model'
import { type ToolRemark, ToolTicks } from '../tool-ticks'
import type { Analysis } from './analysis'
import { type ApplyEdit, sourceOf } from './form-fields'

type Props = {
  analysis: Analysis
  live: { number: string; toolNames: readonly string[] } | null
  tools: readonly ToolFact[]
  disabled: boolean
  apply: ApplyEdit
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

/** Naming the first tool of a file without a list is a choice that narrows: it writes the list. */
function grant(content: DefinitionContent, name: string): EditResult {
  return content.tools.form === 'absent' ? setField(content, 'tools', name) : addTool(content, name)
}

/** Whether the grant is what the text authorises; null where the text says nothing. */
function authorisedWords({ content }: Analysis): string | null {
  const said = content.claims.authorisedTools
  if (!said || content.tools.inheritsAll) return null
  const granted = [...new Set(content.tools.names)].sort()
  return JSON.stringify(granted) === JSON.stringify([...said.names].sort())
    ? `Equals what the text authorises in line ${said.entries[0]?.range.line ?? said.range.line}.`
    : null
}

/** Every tool of the rulebook as a tick with its risk; each tick is one checked splice. */
export function FormTools(props: Props) {
  const { analysis, live } = props
  const [reason, setReason] = useState<string | null>(null)
  const { content, capabilities, change } = analysis
  const compared = live ? `, compared with ${live.number}` : ''
  const hint = capabilities.inheritsAll
    ? 'No list in the file: it inherits every tool of the session. Ticking one writes a list.'
    : authorisedWords(analysis)
  return (
    <div>
      <ToolTicks
        tools={orderedTools(props)}
        chosen={capabilities.tools.map((tool) => tool.name)}
        source={sourceOf(content, 'tools', compared)}
        disabled={props.disabled}
        remarkOf={(name) => remarkOf(change.rows, name, live !== null)}
        hint={hint ?? undefined}
        onToggle={(name, on) =>
          setReason(props.apply((now) => (on ? grant(now, name) : removeTool(now, name))))
        }
      />
      {reason === null ? null : <p className="pt-1.5 text-meta text-red">{reason}</p>}
    </div>
  )
}
