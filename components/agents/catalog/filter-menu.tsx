'use client'

import { ChevronLeft, ChevronRight, Plus } from 'lucide-react'
import { useEffect, useState } from 'react'
import { buttonClass } from '@/components/ui/button'
import { Menu, MenuItem, MenuLine } from '@/components/ui/menu'
import { useMenuParts } from '@/components/ui/menu-parts'
import { stateEntry } from '@/components/ui/state-words'
import type { AgentState, CatalogFilters } from '@/lib/agents/model'
import type { Facets, FacetValue } from '@/lib/agents/queries/facets'
import type { RiskTier } from '@/lib/definition/model'
import { type CatalogPlace, hrefOf, parseText, textOf } from './address'
import { FINDINGS, REVIEW } from './chips'

type Field = keyof Facets

const FIELDS: readonly { field: Field; label: string }[] = [
  { field: 'risk', label: 'Risk' },
  { field: 'state', label: 'State' },
  { field: 'department', label: 'Department' },
  { field: 'owner', label: 'Owner' },
  { field: 'sponsor', label: 'Sponsor' },
  { field: 'tool', label: 'Tool' },
  { field: 'mcp', label: 'MCP server' },
  { field: 'model', label: 'Model' },
  { field: 'rule', label: 'Rule with a finding' },
  { field: 'findings', label: 'Findings' },
  { field: 'review', label: 'Review' },
]

/** Adds a filter: first the field, then its values with how long each would make the list. */
export function FilterMenu(props: { place: CatalogPlace }) {
  return (
    <Menu
      align="start"
      width={248}
      trigger={
        <button type="button" className={buttonClass({ tone: 'quiet', size: 'small' })}>
          <Plus aria-hidden="true" size={13} strokeWidth={1.9} />
          Filter
        </button>
      }
    >
      <Choices place={props.place} />
    </Menu>
  )
}

/** Fetched when the menu opens, so that a page which is only read counts nothing. */
function useFacets(place: CatalogPlace): Facets | 'failed' | null {
  const [facets, setFacets] = useState<Facets | 'failed' | null>(null)
  const address = hrefOf({ ...place, cursor: null }, '/api/console/agents/facets')
  useEffect(() => {
    const asking = new AbortController()
    fetch(address, { signal: asking.signal })
      .then(async (response) => {
        if (!response.ok) throw new Error(String(response.status))
        setFacets((await response.json()) as Facets)
      })
      .catch(() => {
        if (!asking.signal.aborted) setFacets('failed')
      })
    return () => asking.abort()
  }, [address])
  return facets
}

function Choices(props: { place: CatalogPlace }) {
  const facets = useFacets(props.place)
  const [field, setField] = useState<Field | null>(null)
  const label = FIELDS.find((one) => one.field === field)?.label
  if (field === null) {
    return FIELDS.map((one) => (
      <Step key={one.field} onStep={() => setField(one.field)}>
        <span className="flex-1">{one.label}</span>
        <ChevronRight aria-hidden="true" size={13} strokeWidth={1.75} className="text-ink-3" />
      </Step>
    ))
  }
  return (
    <>
      <Step onStep={() => setField(null)}>
        <ChevronLeft aria-hidden="true" size={13} strokeWidth={1.75} className="text-ink-3" />
        {label}
      </Step>
      <MenuLine />
      <Values place={props.place} field={field} facets={facets} />
    </>
  )
}

function Values(props: { place: CatalogPlace; field: Field; facets: Facets | 'failed' | null }) {
  const { place, field, facets } = props
  if (facets === null) return <MenuItem disabled>Counting</MenuItem>
  if (facets === 'failed') return <MenuItem disabled>The values could not be read.</MenuItem>
  if (facets[field].length === 0) return <MenuItem disabled>Nothing to choose here</MenuItem>
  return facets[field].map((one) => (
    <MenuItem key={one.value} href={hrefWith(place, field, one.value)} aside={one.agents}>
      <bdi className="block max-w-[30ch] truncate" title={one.name}>
        {wordsOf(field, one)}
      </bdi>
    </MenuItem>
  ))
}

/** An item that leads further into the menu instead of closing it. */
function Step(props: { onStep: () => void; children: React.ReactNode }) {
  const { Item } = useMenuParts()
  return (
    <Item
      onSelect={(event) => {
        event.preventDefault()
        props.onStep()
      }}
      className="flex min-h-7 select-none items-center gap-2 rounded-tag px-2 text-ink outline-none data-highlighted:bg-sel max-sm:min-h-11"
    >
      {props.children}
    </Item>
  )
}

/** Read the way a typed query is read, so that menu, text and address cannot disagree. */
function hrefWith(place: CatalogPlace, field: Field, value: string): string {
  const chosen = parseText(textOf({ [field]: value } as CatalogFilters))
  return hrefOf({ ...place, cursor: null, filters: { ...place.filters, ...chosen } })
}

function wordsOf(field: Field, { value, name }: FacetValue): string {
  switch (field) {
    case 'risk':
      return stateEntry('risk', value as RiskTier).word
    case 'state':
      return stateEntry('agent', value as AgentState).word
    case 'findings':
      return FINDINGS[value as keyof typeof FINDINGS]
    case 'review':
      return REVIEW[value as keyof typeof REVIEW]
    case 'tool':
      return value === '*' ? 'every tool, inherited' : name
    case 'model':
      return value === 'none' ? 'not named' : name
    default:
      return name
  }
}
