import { FilterChip } from '@/components/ui/filter-chip'
import { stateEntry } from '@/components/ui/state-words'
import type { CatalogFilter, CatalogFilters } from '@/lib/agents/model'
import { type CatalogPlace, hrefOf, withFilter } from './address'

export type CatalogChoices = {
  departments: { slug: string; name: string }[]
  owners: { id: string; name: string }[]
}
export type ChipWords = { name: CatalogFilter; field: string; operator: string; value: string }

const FINDINGS = { yes: 'open', errors: 'with errors', no: 'none' } as const
const REVIEW = { overdue: 'overdue', due: 'due within 30 days', none: 'not planned' } as const

/** The filters in force, in words and in the order of the address. */
export function chipWords(filters: CatalogFilters, choices: CatalogChoices): ChipWords[] {
  const words: ChipWords[] = []
  const say = (name: CatalogFilter, field: string, value: string, operator = 'is') =>
    words.push({ name, field, operator, value })
  const { state, risk, department, owner, findings, review, text } = filters
  if (state === 'any') say('state', 'state', 'any')
  else if (state)
    say('state', 'state', state.map((one) => stateEntry('agent', one).word).join(', '))
  if (risk) say('risk', 'risk', risk.map((one) => stateEntry('risk', one).word).join(', '))
  if (department) {
    const found = choices.departments.find((one) => one.slug === department)
    say('department', 'department', found?.name ?? department)
  }
  if (owner) {
    const found = choices.owners.find((one) => one.id === owner)
    say('owner', 'owner', owner === 'none' ? 'nobody' : (found?.name ?? 'someone else'))
  }
  if (findings) say('findings', 'findings', FINDINGS[findings], 'are')
  if (review) say('review', 'review', REVIEW[review])
  if (text) say('text', 'text', text, 'has')
  return words
}

/** Chips of the filters in force; × leads to the list without it. Retired agents hide by default. */
export function CatalogChips(props: { place: CatalogPlace; choices: CatalogChoices }) {
  const { place, choices } = props
  const hidden = place.filters.state === undefined && place.view !== 'retired'
  return (
    <>
      {hidden ? (
        <FilterChip
          field="state"
          operator="is not"
          value="Retired"
          removeHref={hrefOf(withFilter(place, 'state', 'any'))}
        />
      ) : null}
      {chipWords(place.filters, choices).map((chip) => (
        <FilterChip
          key={chip.name}
          field={chip.field}
          operator={chip.operator}
          value={chip.value}
          removeHref={hrefOf(withFilter(place, chip.name, undefined))}
        />
      ))}
    </>
  )
}
