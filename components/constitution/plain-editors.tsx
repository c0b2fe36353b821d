'use client'

import { Checkbox, Field, Input, Textarea } from '@/components/ui/field'
import type { ReviewCadence } from '@/lib/constitution/model'
import { RISK_TIERS } from '@/lib/definition/model'
import { SaveBar } from './save-bar'
import { type DraftRef, useDraftPart } from './use-draft-part'

/** Months between reviews, and days of grace, as a form over the draft. */
export function ReviewsEditor(props: { reviews: ReviewCadence; draft: DraftRef }) {
  const { months, graceDays } = props.reviews
  const stored = { ...months, graceDays } as Record<string, number>
  const { value, setValue, dirty, save, undo, pending, failure } = useDraftPart(props.draft, stored)
  const number = (key: string, label: string, unit: string, most: number) => (
    <Field key={key} id={`cadence-${key}`} label={label} source={unit}>
      <Input
        id={`cadence-${key}`}
        type="number"
        inputMode="numeric"
        min={key === 'graceDays' ? 0 : 1}
        max={most}
        required
        value={Number.isNaN(value[key]) ? '' : value[key]}
        onChange={(event) => setValue({ ...value, [key]: event.target.valueAsNumber })}
      />
    </Field>
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        const { graceDays: days, ...tiers } = value
        void save({ reviews: { months: tiers, graceDays: days } })
      }}
    >
      <div className="grid max-w-[560px] grid-cols-2 gap-4 max-sm:grid-cols-1">
        {RISK_TIERS.map((tier) =>
          number(tier, `${tier.charAt(0).toUpperCase()}${tier.slice(1)} risk, every`, 'months', 60),
        )}
        {number('graceDays', 'Grace after the due date', 'days', 365)}
      </div>
      <SaveBar {...{ dirty, pending, failure }} onUndo={undo} />
    </form>
  )
}

/** Required sections and phrases that say nothing, one per line, as a form over the draft. */
export function SectionsEditor(props: {
  requiredSections: readonly string[]
  fillers: readonly string[]
  draft: DraftRef
}) {
  const stored = { required: props.requiredSections.join('\n'), fillers: props.fillers.join('\n') }
  const { value, setValue, dirty, save, undo, pending, failure } = useDraftPart(props.draft, stored)
  const lines = (text: string) =>
    text
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save({ requiredSections: lines(value.required), fillers: lines(value.fillers) })
      }}
    >
      <div className="grid max-w-[860px] grid-cols-2 gap-6 max-sm:grid-cols-1">
        <Field id="required-sections" label="Required sections" source="one per line">
          <Textarea
            id="required-sections"
            rows={14}
            value={value.required}
            onChange={(event) => setValue({ ...value, required: event.target.value })}
          />
        </Field>
        <Field id="filler-phrases" label="Phrases that say nothing" source="one per line">
          <Textarea
            id="filler-phrases"
            rows={14}
            value={value.fillers}
            onChange={(event) => setValue({ ...value, fillers: event.target.value })}
          />
        </Field>
      </div>
      <SaveBar {...{ dirty, pending, failure }} onUndo={undo} />
    </form>
  )
}

/** Whether a list of MCP servers is kept at all: without one, no server is reported as unknown. */
export function KeepServersList(props: { kept: boolean; draft: DraftRef }) {
  const { value, setValue, dirty, save, undo, pending, failure } = useDraftPart(
    props.draft,
    props.kept,
  )
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save({ mcpServers: value ? [] : null })
      }}
    >
      <Checkbox checked={value} onChange={(event) => setValue(event.target.checked)}>
        Keep a list of the servers that are configured
      </Checkbox>
      <p className="max-w-[62ch] pt-1 text-ink-2">
        {props.kept && !value
          ? 'Saving drops the list and every server on it.'
          : 'Then every server that a definition names and the list does not is a finding.'}
      </p>
      <SaveBar {...{ dirty, pending, failure }} onUndo={undo} />
    </form>
  )
}
