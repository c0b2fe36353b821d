import {
  AGENT_STATES,
  CATALOG_SORTS,
  CATALOG_VIEWS,
  type CatalogCursor,
  type CatalogFilter,
  type CatalogFilters,
  type CatalogSort,
  type CatalogView,
} from '@/lib/agents/model'
import { isSlug } from '@/lib/core/ids'

/** What the address of the catalog says: everything that decides which rows are shown. */
export type CatalogPlace = {
  view: CatalogView
  filters: CatalogFilters
  sort: CatalogSort
  order: 'natural' | 'reverse'
  cursor: CatalogCursor | null
}

const RISKS = ['low', 'medium', 'high', 'critical'] as const
const FINDINGS = ['yes', 'errors', 'no'] as const
const REVIEWS = ['overdue', 'due', 'none'] as const
const MAX_TEXT = 200
const OWNER = /^(?:none|[0-9a-f-]{36})$/

type Params = Record<string, string | string[] | undefined>

function one(params: Params, name: string): string | undefined {
  const value = params[name]
  return Array.isArray(value) ? value[0] : value
}

function among<T extends string>(values: readonly T[], text: string | undefined): T | undefined {
  return values.find((value) => value === text)
}

function listed<T extends string>(values: readonly T[], text: string | undefined): T[] | undefined {
  const found = values.filter((value) => text?.split(',').includes(value))
  return found.length > 0 ? found : undefined
}

/** One filter from its text, or undefined when the text means nothing. */
function filterOf(name: string, text: string): CatalogFilters {
  const state = name === 'state' ? listed(AGENT_STATES, text) : undefined
  const risk = name === 'risk' ? listed(RISKS, text) : undefined
  const findings = name === 'findings' ? among(FINDINGS, text) : undefined
  const review = name === 'review' ? among(REVIEWS, text) : undefined
  return {
    ...(name === 'state' && text === 'any' ? { state: 'any' as const } : {}),
    ...(state ? { state } : {}),
    ...(risk ? { risk } : {}),
    ...(findings ? { findings } : {}),
    ...(review ? { review } : {}),
    ...(name === 'department' && isSlug(text) ? { department: text } : {}),
    ...(name === 'owner' && OWNER.test(text) ? { owner: text } : {}),
  }
}

/**
 * The text query: `risk:high department:data deploy` is two filters and one word. A qualifier that
 * is unknown or has no such value stays text, so that nothing a person typed vanishes.
 */
export function parseText(query: string): CatalogFilters {
  let filters: CatalogFilters = {}
  const words: string[] = []
  for (const word of query.slice(0, MAX_TEXT).split(/\s+/).filter(Boolean)) {
    const colon = word.indexOf(':')
    const found = colon > 0 ? filterOf(word.slice(0, colon), word.slice(colon + 1)) : {}
    if (Object.keys(found).length > 0) filters = { ...filters, ...found }
    else words.push(word)
  }
  return words.length > 0 ? { ...filters, text: words.join(' ') } : filters
}

/** The filters as text that `parseText` reads back. */
export function textOf(filters: CatalogFilters): string {
  const { text, ...rest } = filters
  const qualified = Object.entries(rest).map(
    ([name, value]) => `${name}:${Array.isArray(value) ? value.join(',') : value}`,
  )
  return [...qualified, text ?? ''].filter(Boolean).join(' ')
}

/** Reads the address. What cannot be read is left out, never an error. */
export function parsePlace(params: Params): CatalogPlace {
  let filters: CatalogFilters = {}
  for (const name of ['state', 'risk', 'department', 'owner', 'findings', 'review']) {
    filters = { ...filters, ...filterOf(name, one(params, name) ?? '') }
  }
  filters = { ...filters, ...parseText(one(params, 'q') ?? '') }
  const sort = one(params, 'sort') ?? 'risk'
  return {
    view: among(CATALOG_VIEWS, one(params, 'view')) ?? 'all',
    filters,
    sort: among(CATALOG_SORTS, sort.replace(/^-/, '')) ?? 'risk',
    order: sort.startsWith('-') ? 'reverse' : 'natural',
    cursor: parseCursor(one(params, 'after')),
  }
}

/** The address of a place, in one canonical spelling. */
export function hrefOf(place: CatalogPlace, path = '/agents'): string {
  const params = new URLSearchParams()
  if (place.view !== 'all') params.set('view', place.view)
  const { text, ...rest } = place.filters
  for (const [name, value] of Object.entries(rest)) {
    params.set(name, Array.isArray(value) ? value.join(',') : String(value))
  }
  if (text) params.set('q', text)
  const sort = `${place.order === 'reverse' ? '-' : ''}${place.sort}`
  if (sort !== 'risk') params.set('sort', sort)
  if (place.cursor) params.set('after', `${place.cursor.key ?? ''}~${place.cursor.slug}`)
  const query = params.toString().replaceAll('%2C', ',').replaceAll('%7E', '~')
  return query === '' ? path : `${path}?${query}`
}

function parseCursor(text: string | undefined): CatalogCursor | null {
  const match = /^(\d{4}-\d{2}-\d{2}|[0-3]|)~(.{1,80})$/.exec(text ?? '')
  if (!match) return null
  const [, key = '', slug = ''] = match
  return { key: key === '' ? null : key.length === 1 ? Number(key) : key, slug }
}

/** The same place on its first page, with one filter changed; `undefined` drops it. */
export function withFilter<K extends CatalogFilter>(
  place: CatalogPlace,
  name: K,
  value: CatalogFilters[K] | undefined,
): CatalogPlace {
  const { [name]: _, ...rest } = place.filters
  return {
    ...place,
    cursor: null,
    filters: value === undefined ? rest : { ...rest, [name]: value },
  }
}
