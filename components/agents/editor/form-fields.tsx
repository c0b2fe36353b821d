'use client'

import { useId, useState } from 'react'
import { Field, Input, Select, Textarea } from '@/components/ui/field'
import { removeField, setField } from '@/lib/definition/edit'
import type { DefinitionContent, EditResult, JsonValue } from '@/lib/definition/model'
import { splitNames } from '@/lib/definition/names'
import type { FieldFact } from './fields'

type Edit = (content: DefinitionContent) => EditResult
/** Applies an edit to the text as it is now; the reason when it was refused. */
export type ApplyEdit = (edit: Edit) => string | null

type Props = {
  field: FieldFact
  content: DefinitionContent
  disabled: boolean
  apply: ApplyEdit
}

/** "line 3, 184 characters"; "not in the file" where the field is missing. */
export function sourceOf(content: DefinitionContent, key: string, more = ''): string {
  const field = content.fields.find((one) => one.key === key)
  return field ? `line ${field.range.line}${more}` : 'not in the file'
}

export function fieldValue(content: DefinitionContent, key: string): JsonValue | undefined {
  return content.fields.find((one) => one.key === key)?.value
}

/** Sets a field, or takes it out of the file when there is nothing left to say. */
function write(key: string, value: JsonValue | null): Edit {
  return (content) => {
    if (value !== null) return setField(content, key, value)
    return fieldValue(content, key) === undefined
      ? { ok: true, bytes: new TextEncoder().encode(content.text) }
      : removeField(content, key)
  }
}

/**
 * What is being typed, as long as it says what the file says: an undo, or an edit of the text, shows
 * at once. A refused value stays, with the reason, so that it can be mended.
 */
function useTyped<Value>(
  saved: Value,
  read: (typed: string) => Value,
  apply: (value: Value) => string | null,
) {
  const [typed, setTyped] = useState<string | null>(null)
  const [reason, setReason] = useState<string | null>(null)
  const same = typed !== null && JSON.stringify(read(typed)) === JSON.stringify(saved)
  return {
    reason,
    shown: typed !== null && (same || reason !== null) ? typed : null,
    onBlur: () => reason === null && setTyped(null),
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value)
      setReason(apply(read(event.target.value)))
    },
  }
}

/** A field of text that edits the definition as one types and shows why when it cannot. */
export function TextField(
  props: Props & { rows?: number; mono?: boolean; needed?: boolean; more?: string },
) {
  const id = useId()
  const { field, content, disabled } = props
  const found = fieldValue(content, field.key)
  const saved =
    typeof found === 'string' ? found : found === undefined || found === null ? '' : String(found)
  const { reason, shown, ...events } = useTyped(
    saved.trimEnd(),
    (typed) => typed.trimEnd(),
    (value) => props.apply(write(field.key, value === '' && !props.needed ? null : value)),
  )
  const control = {
    id,
    disabled,
    value: shown ?? saved,
    error: reason !== null,
    spellCheck: false,
    mono: props.mono === true,
    ...events,
  }
  return (
    <Field
      id={id}
      label={field.label}
      source={sourceOf(content, field.key, props.more)}
      error={reason ?? undefined}
    >
      {props.rows ? <Textarea rows={props.rows} {...control} /> : <Input {...control} />}
    </Field>
  )
}

/** A whole number; nothing takes the field out. */
export function NumberField(props: Props) {
  const id = useId()
  const { field, content, disabled } = props
  const found = fieldValue(content, field.key)
  const { reason, shown, ...events } = useTyped(
    found === undefined || found === null ? '' : String(found),
    (typed) => typed.trim(),
    (value) => {
      if (value !== '' && !/^[1-9]\d{0,5}$/.test(value)) return 'A whole number above zero.'
      return props.apply(write(field.key, value === '' ? null : Number(value)))
    },
  )
  return (
    <Field
      id={id}
      label={field.label}
      source={sourceOf(content, field.key)}
      error={reason ?? undefined}
    >
      <Input
        id={id}
        inputMode="numeric"
        disabled={disabled}
        error={reason !== null}
        placeholder="no limit in the file"
        value={shown ?? (found === undefined || found === null ? '' : String(found))}
        {...events}
      />
    </Field>
  )
}

/** One of a few values; one that nobody knows stays and is shown as it is. */
export function ChoiceField(props: Props & { none?: string }) {
  const id = useId()
  const [reason, setReason] = useState<string | null>(null)
  const { field, content } = props
  const found = fieldValue(content, field.key)
  const value = found === undefined || found === null ? '' : String(found)
  const values = field.values ?? []
  const isKnown = value === '' || values.some(([name]) => name === value)
  const typed = (name: string): JsonValue =>
    name === 'true' || name === 'false' ? name === 'true' : name
  return (
    <Field
      id={id}
      label={field.label}
      source={sourceOf(content, field.key)}
      error={reason ?? undefined}
    >
      <Select
        id={id}
        mono
        disabled={props.disabled}
        value={value}
        onChange={({ target }) =>
          setReason(props.apply(write(field.key, target.value === '' ? null : typed(target.value))))
        }
      >
        <option value="">{props.none ?? 'not set'}</option>
        {isKnown ? null : <option value={value}>{value}</option>}
        {values.map(([name, meaning]) => (
          <option key={name} value={name}>
            {meaning === '' ? name : `${name}: ${meaning}`}
          </option>
        ))}
      </Select>
    </Field>
  )
}

/** Names, separated by commas, in the form that the list has in the file. */
export function NamesField(props: Props & { placeholder: string; hint?: string | undefined }) {
  const id = useId()
  const { field, content } = props
  const found = fieldValue(content, field.key)
  const isText = typeof found === 'string'
  const names = namesOf(found)
  const { reason, shown, ...events } = useTyped(
    names ?? [],
    (typed) => splitNames(typed).map(({ name }) => name),
    (value) => {
      const wanted = isText ? value.join(', ') : value
      return props.apply(write(field.key, value.length === 0 ? null : wanted))
    },
  )
  return (
    <Field
      id={id}
      label={field.label}
      source={sourceOf(content, field.key)}
      hint={names === null ? 'It has fields of its own: edit it in the text.' : props.hint}
      error={reason ?? undefined}
    >
      <Input
        id={id}
        mono
        disabled={props.disabled || names === null}
        error={reason !== null}
        placeholder={props.placeholder}
        spellCheck={false}
        value={shown ?? (names ?? Object.keys(found ?? {})).join(', ')}
        {...events}
      />
    </Field>
  )
}

/** The names of a list or a line of names; null for what is neither. */
function namesOf(found: JsonValue | undefined): string[] | null {
  if (found === undefined || found === null) return []
  if (typeof found === 'string') return splitNames(found).map(({ name }) => name)
  if (!Array.isArray(found)) return null
  return found.every((one) => typeof one === 'string') ? found.map(String) : null
}
