'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { KeyHint } from '@/components/ui/key-hint'
import { useKeys } from '@/components/ui/keyboard'
import { MAX_BULK } from '@/lib/agents/model'
import type { Assignable } from '@/lib/agents/queries/assignable'
import { counted } from '../marks'
import type { Bulk, BulkVerb } from './use-bulk'
import type { Selection } from './use-selection'

type Named = { id: string; name: string }
type Part = 'owner' | 'sponsor' | 'department'

const NOBODY = 'none'

function taskOf(part: Part, id: string, name: string): { what: BulkVerb; words: string } {
  const person = id === NOBODY ? null : id
  if (part === 'owner')
    return { what: { verb: 'assign', ownerId: person }, words: `Owner: ${name}` }
  if (part === 'sponsor') {
    return { what: { verb: 'assign', sponsorId: person }, words: `Sponsor: ${name}` }
  }
  return { what: { verb: 'assign', departmentId: id }, words: `Department: ${name}` }
}

/** What can be done with a selection, in place of the foot of the list. */
export function BulkBar(props: {
  selection: Selection
  bulk: Bulk
  total: number
  assignable: Assignable | null
}) {
  const { selection, bulk, total, assignable } = props
  const [part, setPart] = useState<Part | null>(null)
  const { chosen } = selection
  useKeys('Agents', [{ keys: 'escape', label: 'Select nothing', run: selection.clear }])
  const reach = Math.min(total, MAX_BULK)
  return (
    <section
      aria-label="Selection"
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-t border-line-2 bg-sel px-5 py-1.5 max-sm:px-4"
    >
      <p className="font-medium">{counted(chosen.size, 'agent')} selected</p>
      {chosen.size < reach ? (
        <Button size="small" tone="quiet" onClick={() => void selection.takeAll()}>
          {reach < total
            ? `Select the first ${counted(reach, 'agent')} of ${total}`
            : `Select all ${counted(total, 'agent')}`}
        </Button>
      ) : null}
      <Button size="small" tone="quiet" onClick={selection.clear}>
        Select nothing
      </Button>
      <span className="ml-auto flex flex-wrap items-center gap-2">
        {assignable
          ? (['owner', 'sponsor', 'department'] as const).map((one) => (
              <Button
                key={one}
                size="small"
                aria-expanded={part === one}
                disabled={bulk.working}
                onClick={() => setPart(part === one ? null : one)}
              >
                {one === 'department' ? 'Move' : `Set ${one}`}
              </Button>
            ))
          : null}
        <Button
          size="small"
          disabled={bulk.working}
          onClick={() => void bulk.start({ what: { verb: 'check' }, words: 'Check again' }, chosen)}
        >
          Check again
        </Button>
        <Button
          size="small"
          disabled={bulk.working}
          onClick={() => void bulk.start({ what: { verb: 'export' }, words: 'Export' }, chosen)}
        >
          Export
        </Button>
        <KeyHint keys="X" className="max-md:hidden" />
      </span>
      {part !== null && assignable ? (
        <Assignment
          key={part}
          part={part}
          choices={part === 'department' ? assignable.departments : assignable.people}
          agents={chosen.size}
          onChoose={(id, name) => {
            setPart(null)
            void bulk.start(taskOf(part, id, name), chosen)
          }}
        />
      ) : null}
      {selection.problem ? (
        <p role="alert" className="w-full text-red">
          {selection.problem}
        </p>
      ) : null}
    </section>
  )
}

/** One choice for all of them, and the button that says what it does. */
function Assignment(props: {
  part: Part
  choices: readonly Named[]
  agents: number
  onChoose: (id: string, name: string) => void
}) {
  const { part, agents } = props
  const free = part === 'department' ? [] : [{ id: NOBODY, name: 'nobody' }]
  const choices = [...props.choices, ...free]
  const [id, setId] = useState(choices[0]?.id ?? '')
  const chosen = choices.find((one) => one.id === id)
  return (
    <form
      className="flex w-full flex-wrap items-center justify-end gap-2"
      onSubmit={(event) => {
        event.preventDefault()
        if (chosen) props.onChoose(chosen.id, chosen.name)
      }}
    >
      <label htmlFor="bulk-choice" className="text-ink-2">
        {part === 'department' ? 'Move to' : part === 'owner' ? 'Owner' : 'Sponsor'}
      </label>
      <select
        id="bulk-choice"
        // biome-ignore lint/a11y/noAutofocus: the person has just asked for it
        autoFocus
        value={id}
        onChange={(event) => setId(event.target.value)}
        className="h-(--control) max-w-[260px] rounded-box border border-ctl bg-bg px-2 focus:border-acc"
      >
        {choices.map((one) => (
          <option key={one.id} value={one.id}>
            {one.name}
          </option>
        ))}
      </select>
      <Button type="submit" tone="primary" disabled={!chosen}>
        {part === 'department' ? 'Move' : 'Assign'} {counted(agents, 'agent')}
      </Button>
    </form>
  )
}
