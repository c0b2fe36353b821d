import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { CatalogCounts } from '@/lib/agents/queries/list'
import { type CatalogPlace, hrefOf, withFilter } from './address'
import { type CatalogChoices, chipWords } from './chips'

const NUMBERS = ['', 'this filter', 'both filters', 'all three filters', 'all four filters']

/** Nothing matches: says which single filter is in the way, and what is there without it. */
function FilteredEmpty(props: {
  place: CatalogPlace
  counts: CatalogCounts
  choices: CatalogChoices
}) {
  const { place, counts, choices } = props
  const chips = chipWords(place.filters, choices)
  const inTheWay = chips.findLast((chip) => (counts.without[chip.name] ?? 0) > 0)
  const there = inTheWay ? (counts.without[inTheWay.name] ?? 0) : 0
  const clear = hrefOf({ ...place, filters: {}, cursor: null })
  return (
    <Empty
      title={`No agent matches ${NUMBERS[chips.length] ?? 'all filters'}`}
      actions={
        <>
          {inTheWay ? (
            <ButtonLink href={hrefOf(withFilter(place, inTheWay.name, undefined))}>
              Drop that filter
            </ButtonLink>
          ) : null}
          <ButtonLink href={clear} tone="quiet" keys="⌫">
            Clear all
          </ButtonLink>
        </>
      }
    >
      {inTheWay ? (
        <p>
          Without{' '}
          <strong className="font-semibold text-ink">
            {inTheWay.field} {inTheWay.operator} {inTheWay.value}
          </strong>{' '}
          there {there === 1 ? 'is 1' : `are ${there}`}.
        </p>
      ) : (
        <p>Dropping any one of them is not enough.</p>
      )}
    </Empty>
  )
}

/** What stands where no agent is listed: by filters, by the view, or because there is none yet. */
export function CatalogEmpty(props: {
  place: CatalogPlace
  counts: CatalogCounts
  choices: CatalogChoices
  mayImport: boolean
}) {
  const { place, counts } = props
  if (Object.keys(place.filters).length > 0) return <FilteredEmpty {...props} />
  if (counts.visible > 0) {
    return (
      <Empty
        title="No agent in this view"
        actions={<ButtonLink href="/agents">All agents, {counts.views.all}</ButtonLink>}
      >
        <p>That is the whole answer: nothing here needs you.</p>
      </Empty>
    )
  }
  return (
    <Empty
      title="No agents yet"
      actions={
        props.mayImport ? (
          <>
            <ButtonLink href="/agents/import" tone="primary">
              Import agents
            </ButtonLink>
            <ButtonLink href="/agents/new">New agent</ButtonLink>
          </>
        ) : null
      }
    >
      <p>
        Import the files your team has, as they are. Every file is kept byte for byte and starts as
        a draft; nothing runs before somebody else approved it.
        {props.mayImport ? '' : ' Ask an author or an administrator to import them.'}
      </p>
    </Empty>
  )
}
