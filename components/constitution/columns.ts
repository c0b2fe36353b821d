import { RISK_TIERS, TOOL_CLASSES } from '@/lib/definition/model'

/** One column of a table of rules: how it is shown, and how it is edited. */
export type Column = {
  key: string
  label: string
  /** `names` is a list, written with commas between. */
  kind: 'text' | 'mono' | 'choice' | 'names'
  choices?: readonly { value: string; label: string }[]
  /** Share of the width, in percent. */
  width: number
}
export type Row = { [key: string]: unknown }

const asChoices = (values: readonly string[]) =>
  values.map((value) => ({ value, label: value.charAt(0).toUpperCase() + value.slice(1) }))
const risk: Column = {
  key: 'risk',
  label: 'Risk',
  kind: 'choice',
  choices: asChoices(RISK_TIERS),
  width: 12,
}
const name: Column = { key: 'name', label: 'Name', kind: 'mono', width: 24 }
const title: Column = { key: 'title', label: 'Title', kind: 'text', width: 32 }
const kind: Column = {
  key: 'class',
  label: 'Class',
  kind: 'choice',
  choices: asChoices(TOOL_CLASSES),
  width: 14,
}
const meaning: Column = { key: 'meaning', label: 'The agent …', kind: 'text', width: 44 }

export const TOOL_COLUMNS: readonly Column[] = [name, kind, risk, meaning]
export const SERVER_COLUMNS: readonly Column[] = [
  name,
  kind,
  risk,
  { ...meaning, label: 'Through it the agent …' },
]
export const MODEL_COLUMNS: readonly Column[] = [
  name,
  title,
  risk,
  {
    key: 'use',
    label: 'Use',
    kind: 'choice',
    choices: [
      { value: 'default', label: 'Default, no reason needed' },
      { value: 'allowed', label: 'Allowed' },
      { value: 'reason', label: 'Only with a reason' },
      { value: 'forbidden', label: 'Forbidden' },
    ],
    width: 28,
  },
]
export const DOMAIN_COLUMNS: readonly Column[] = [
  { ...name, width: 14 },
  { ...title, label: 'Subject', width: 16 },
  { key: 'agents', label: 'Agents', kind: 'names', width: 22 },
  { key: 'keywords', label: 'Keywords', kind: 'names', width: 48 },
]
export const DEPARTMENT_COLUMNS: readonly Column[] = [
  { ...name, key: 'department', label: 'Department', width: 16 },
  { ...title, width: 18 },
  { key: 'mcpServers', label: 'Servers without a reason', kind: 'names', width: 24 },
  { key: 'roleTypes', label: 'Role types', kind: 'names', width: 22 },
  { key: 'levels', label: 'Levels', kind: 'names', width: 20 },
]

/** A value as one line of text. */
export function cellText(value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ')
  return value === null || value === undefined ? '' : String(value)
}

/** A typed line as the value of its column. */
export function cellValue(column: Column, text: string): unknown {
  if (column.kind !== 'names') return text
  return text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '')
}

/** What a choice is called. */
export function choiceLabel(column: Column, value: unknown): string {
  return column.choices?.find((one) => one.value === value)?.label ?? cellText(value)
}
