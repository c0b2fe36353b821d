'use client'

import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { Input, Select, Textarea } from '@/components/ui/field'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { type Column, cellText, cellValue, type Row } from './columns'
import { SaveBar } from './save-bar'
import { type DraftRef, useDraftPart } from './use-draft-part'

type Props = {
  /** The part of the data that is saved. */
  part: string
  caption: string
  columns: readonly Column[]
  rows: readonly Row[]
  blank: Row
  draft: DraftRef
  addLabel: string
}
/** A row while it is edited: lists as the line that was typed, so that a comma can be typed at all. */
type Typed = { key: number; from: Row; cells: Record<string, string> }

/** A table of rules as a form over the draft: every cell is a native control, rows come and go. */
export function RowsEditor(props: Props) {
  const { columns } = props
  const typed = props.rows.map((from, key): Typed => ({ key, from, cells: textsOf(columns, from) }))
  const { value, setValue, dirty, save, undo, pending, failure } = useDraftPart(props.draft, typed)
  const set = (key: number, column: string, text: string) =>
    setValue(
      value.map((row) =>
        row.key === key ? { ...row, cells: { ...row.cells, [column]: text } } : row,
      ),
    )
  const rowOf = ({ from, cells }: Typed): Row => ({
    ...from,
    ...Object.fromEntries(
      columns.map((column) => [column.key, cellValue(column, cells[column.key] ?? '')]),
    ),
  })
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save({ [props.part]: value.map(rowOf) })
      }}
    >
      <div className="overflow-x-auto">
        <Table caption={props.caption} className="max-sm:min-w-[860px]">
          <TableHead>
            {columns.map((column) => (
              <Th key={column.key}>{column.label}</Th>
            ))}
            <Th hidden>Remove</Th>
          </TableHead>
          <tbody>
            {value.map((row, index) => (
              <Tr key={row.key}>
                {columns.map((column) => (
                  <Td
                    key={column.key}
                    className="py-1 pr-2 align-top"
                    style={{ width: `${column.width}%` }}
                  >
                    <Cell
                      column={column}
                      label={`${column.label}, row ${index + 1}`}
                      text={row.cells[column.key] ?? ''}
                      onChange={(text) => set(row.key, column.key, text)}
                    />
                  </Td>
                ))}
                <Td className="w-8 py-1 pr-0 align-top">
                  <IconButton
                    name={`Remove ${row.cells[columns[0]?.key ?? ''] || `row ${index + 1}`}`}
                    onClick={() => setValue(value.filter((one) => one.key !== row.key))}
                  >
                    <X aria-hidden="true" size={14} strokeWidth={1.75} />
                  </IconButton>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </div>
      <Button
        tone="quiet"
        className="mt-2"
        icon={<Plus aria-hidden="true" size={14} strokeWidth={1.9} />}
        onClick={() => {
          const from = props.blank
          const key = Math.max(-1, ...value.map((row) => row.key)) + 1
          setValue([...value, { key, from, cells: textsOf(columns, from) }])
        }}
      >
        {props.addLabel}
      </Button>
      <SaveBar {...{ dirty, pending, failure }} onUndo={undo} />
    </form>
  )
}

function textsOf(columns: readonly Column[], row: Row): Record<string, string> {
  return Object.fromEntries(columns.map((column) => [column.key, cellText(row[column.key])]))
}

function Cell(props: {
  column: Column
  label: string
  text: string
  onChange: (text: string) => void
}) {
  const { column, label, text } = props
  if (column.kind === 'choice') {
    return (
      <Select
        aria-label={label}
        value={text}
        onChange={(event) => props.onChange(event.target.value)}
      >
        {column.choices?.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    )
  }
  if (column.kind === 'names') {
    return (
      <Textarea
        aria-label={`${label}, separated by commas`}
        rows={Math.min(6, Math.max(1, Math.ceil(text.length / (column.width * 1.1))))}
        value={text}
        onChange={(event) => props.onChange(event.target.value)}
      />
    )
  }
  return (
    <Input
      aria-label={label}
      mono={column.kind === 'mono'}
      value={text}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}
