import { FilterChip } from '@/components/ui/filter-chip'
import { stateEntry } from '@/components/ui/state-words'
import type { CatalogFilter, CatalogFilters } from '@/lib/agents/model'
import { type CatalogPlace, hrefOf, withFilter } from './address'

export type CatalogChoices = {
  departments: { slug: string; name: string }[]
  /** Who owns or sponsors some agent. */
  people: { id: string; name: string }[]
}
export type ChipWords = { name: CatalogFilter; field: string; operator: string; value: string }

export const FINDINGS = { yes: 'open', errors: 'with errors', no: 'none' } as const
export const REVIEW = {
  overdue: 'overdue',
  due: 'due within 30 days',
  none: 'not planned',
} as const

/** The filters in force, in words and in the order of the address. */
export function chipWords(filters: CatalogFilters, choices: CatalogChoices): ChipWords[] {
  const words: ChipWords[] = []
  const say = (name: CatalogFilter, field: string, value: string, operator = 'is') =>
    words.push({ name, field, operator, value })
  const { state, risk, department, owner, sponsor, findings, review, text } = filters
  const { tool, mcp, model, rule } = filters
  if (state === 'any') say('state', 'state', 'any')
  else if (state)
    say('state', 'state', state.map((one) => stateEntry('agent', one).word).join(', '))
  if (risk) say('risk', 'risk', risk.map((one) => stateEntry('risk', one).word).join(', '))
  if (department) {
    const found = choices.departments.find((one) => one.slug === department)
    say('department', 'department', found?.name ?? department)
  }
  const nameOf = (id: string) =>
    id === 'none' ? 'nobody' : (choices.people.find((one) => one.id === id)?.name ?? 'someone else')
  if (owner) say('owner', 'owner', nameOf(owner))
  if (sponsor) say('sponsor', 'sponsor', nameOf(sponsor))
  if (tool) say('tool', 'tool', tool === '*' ? 'every tool' : tool)
  if (mcp) say('mcp', 'MCP server', mcp)
  if (model) say('model', 'model', model === 'none' ? 'not named' : model)
  if (rule) say('rule', 'finding of', rule, 'rule')
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
          value={<bdi className="max-w-[24ch] truncate">{chip.value}</bdi>}
          removeHref={hrefOf(withFilter(place, chip.name, undefined))}
        />
      ))}
    </>
  )
}
