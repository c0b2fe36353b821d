'use client'

import clsx from 'clsx'
import { type KeyboardEvent, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import type { DepartmentPolicy, PolicyVerdict } from '@/lib/constitution/model'
import { SaveBar } from './save-bar'
import { type DraftRef, useDraftPart } from './use-draft-part'
import { toolsOf, VERDICT_INK, VERDICT_WORDS, verdictOf } from './verdict'

const KEYS: Record<string, PolicyVerdict> = { y: 'allowed', r: 'conditional', n: 'forbidden' }
const VERDICTS = Object.keys(VERDICT_WORDS) as PolicyVerdict[]

/**
 * The matrix as a form over the draft. Every cell is a native select: Tab goes on, Y, R and N set
 * it, Alt with an arrow moves through the table.
 */
export function PolicyEditor(props: {
  departments: readonly DepartmentPolicy[]
  tools: readonly string[]
  missing: readonly { slug: string; name: string }[]
  draft: DraftRef
}) {
  const stored = [...props.departments]
  const { value, setValue, dirty, save, undo, pending, failure } = useDraftPart(props.draft, stored)
  const [extra, setExtra] = useState<string[]>([])
  const tools = [...new Set([...toolsOf(value), ...extra])]
  const change = (department: string, next: (one: DepartmentPolicy) => DepartmentPolicy) =>
    setValue(value.map((one) => (one.department === department ? next(one) : one)))
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save({ departments: value })
      }}
    >
      <div className="overflow-x-auto">
        <Table caption="What agents of each department may hold">
          <TableHead>
            <Th>Department</Th>
            {tools.map((tool) => (
              <Th key={tool} className="font-mono">
                {tool}
              </Th>
            ))}
            <Th>MCP</Th>
          </TableHead>
          <tbody>
            {value.map((one, row) => (
              <Tr key={one.department}>
                <th scope="row" className="h-(--row) pr-4 font-medium whitespace-nowrap">
                  <bdi>{one.title}</bdi>
                </th>
                {tools.map((tool, column) => (
                  <Cell
                    key={tool}
                    at={{ row, column }}
                    label={`${tool}, ${one.title}`}
                    verdict={verdictOf(one, tool)}
                    onChange={(verdict) =>
                      change(one.department, (was) => ({
                        ...was,
                        tools: { ...was.tools, [tool]: verdict },
                      }))
                    }
                  />
                ))}
                <Cell
                  at={{ row, column: tools.length }}
                  label={`MCP, ${one.title}`}
                  verdict={one.mcp}
                  onChange={(mcp) => change(one.department, (was) => ({ ...was, mcp }))}
                />
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <div className="flex flex-wrap items-end gap-x-6 gap-y-3 pt-3">
        <AddTool
          tools={props.tools.filter((tool) => !tools.includes(tool))}
          onAdd={(tool) => setExtra([...extra, tool])}
        />
        <AddDepartment
          missing={props.missing.filter(
            ({ slug }) => !value.some((one) => one.department === slug),
          )}
          onAdd={(one) => setValue([...value, one])}
        />
      </div>
      <SaveBar {...{ dirty, pending, failure }} onUndo={undo} />
    </form>
  )
}

function Cell(props: {
  at: { row: number; column: number }
  label: string
  verdict: PolicyVerdict
  onChange: (verdict: PolicyVerdict) => void
}) {
  const { at, verdict } = props
  return (
    <Td className="py-1 pr-2">
      <select
        aria-label={props.label}
        data-cell={`${at.row} ${at.column}`}
        value={verdict}
        onChange={(event) => props.onChange(event.target.value as PolicyVerdict)}
        onKeyDown={(event) => {
          const set = KEYS[event.key.toLowerCase()]
          if (set !== undefined && !event.ctrlKey && !event.metaKey && !event.altKey) {
            event.preventDefault()
            props.onChange(set)
          } else if (event.altKey) move(event, at)
        }}
        className={clsx(
          'h-(--control) w-full min-w-[128px] rounded-box border border-line-2 bg-bg px-1.5 max-sm:h-11',
          VERDICT_INK[verdict],
        )}
      >
        {VERDICTS.map((one) => (
          <option key={one} value={one}>
            {VERDICT_WORDS[one]}
          </option>
        ))}
      </select>
    </Td>
  )
}

const STEPS: Record<string, [row: number, column: number]> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

function move(event: KeyboardEvent<HTMLSelectElement>, at: { row: number; column: number }) {
  const step = STEPS[event.key]
  if (!step) return
  event.preventDefault()
  const cell = `[data-cell="${at.row + step[0]} ${at.column + step[1]}"]`
  event.currentTarget.closest('table')?.querySelector<HTMLSelectElement>(cell)?.focus()
}

function AddTool(props: { tools: readonly string[]; onAdd: (tool: string) => void }) {
  const [tool, setTool] = useState('')
  const add = () => {
    const name = tool.trim()
    if (name === '') return
    props.onAdd(name)
    setTool('')
  }
  return (
    <div className="flex items-end gap-2">
      <Field id="policy-tool" label="Another tool">
        <Input
          id="policy-tool"
          mono
          list="policy-tools"
          value={tool}
          maxLength={200}
          onChange={(event) => setTool(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
        />
      </Field>
      <datalist id="policy-tools">
        {props.tools.map((one) => (
          <option key={one} value={one} />
        ))}
      </datalist>
      <Button onClick={add}>Add a column</Button>
    </div>
  )
}

function AddDepartment(props: {
  missing: readonly { slug: string; name: string }[]
  onAdd: (one: DepartmentPolicy) => void
}) {
  const [slug, setSlug] = useState('')
  if (props.missing.length === 0) return null
  const chosen = props.missing.find((one) => one.slug === slug) ?? props.missing[0]
  return (
    <div className="flex items-end gap-2">
      <Field id="policy-department" label="A department without a policy">
        <Select
          id="policy-department"
          value={chosen?.slug ?? ''}
          onChange={(event) => setSlug(event.target.value)}
        >
          {props.missing.map((one) => (
            <option key={one.slug} value={one.slug}>
              {one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Button
        onClick={() => {
          if (!chosen) return
          props.onAdd({
            ...{ department: chosen.slug, title: chosen.name, tools: {}, mcp: 'conditional' },
            ...{ mcpServers: [], roleTypes: [], levels: [] },
          })
        }}
      >
        Add a row
      </Button>
    </div>
  )
}
