import {
  AGENT_STATES,
  CATALOG_FILTERS,
  CATALOG_SORTS,
  CATALOG_VIEWS,
  type CatalogCursor,
  type CatalogFilter,
  type CatalogFilters,
  type CatalogSort,
  type CatalogView,
} from '@/lib/agents/model'
import { isSlug } from '@/lib/core/ids'
import { CATALOG_COLUMNS, type CatalogColumn, DEFAULT_COLUMNS } from './columns'

/** What the address of the catalog says: everything that decides which rows are shown. */
export type CatalogPlace = {
  view: CatalogView
  filters: CatalogFilters
  sort: CatalogSort
  order: 'natural' | 'reverse'
  cursor: CatalogCursor | null
  /** What is shown beside risk and name; decides no rows. */
  columns: readonly CatalogColumn[]
}

const RISKS = ['low', 'medium', 'high', 'critical'] as const
const FINDINGS = ['yes', 'errors', 'no'] as const
const REVIEWS = ['overdue', 'due', 'none'] as const
const MAX_TEXT = 200
const MAX_QUERY = 1_000
const PERSON = /^(?:none|[0-9a-f-]{36})$/
/** A name as a definition writes it; one with a quotation mark could not be written as a query. */
const NAME = /^[^\p{Cc}"]{1,200}$/u
const NAMES = ['tool', 'mcp', 'model', 'rule'] as const

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
    ...(name === 'owner' && PERSON.test(text) ? { owner: text } : {}),
    ...(name === 'sponsor' && PERSON.test(text) ? { sponsor: text } : {}),
    ...(isNamed(name) && NAME.test(text) && text.trim() === text ? { [name]: text } : {}),
  }
}

function isNamed(name: string): name is (typeof NAMES)[number] {
  return NAMES.some((one) => one === name)
}

/**
 * The text query: `risk:high department:data deploy` is two filters and one word. A qualifier that
 * is unknown or has no such value stays text, so that nothing a person typed vanishes. A value with
 * blanks stands between quotation marks: `tool:"run tests"`.
 */
export function parseText(query: string): CatalogFilters {
  let filters: CatalogFilters = {}
  const words: string[] = []
  for (const word of query.slice(0, MAX_QUERY).match(/[a-z]+:"[^"]*"(?!\S)|\S+/g) ?? []) {
    const colon = word.indexOf(':')
    const value = word.slice(colon + 1).replace(/^"(.*)"$/s, '$1')
    const found = colon > 0 ? filterOf(word.slice(0, colon), value) : {}
    if (Object.keys(found).length > 0) filters = { ...filters, ...found }
    else words.push(word)
  }
  const text = words.join(' ').slice(0, MAX_TEXT).trim()
  return text === '' ? filters : { ...filters, text }
}

/** The filters as text that `parseText` reads back. */
export function textOf(filters: CatalogFilters): string {
  const { text, ...rest } = filters
  const qualified = Object.entries(rest).map(([name, value]) => {
    const words = Array.isArray(value) ? value.join(',') : String(value)
    return `${name}:${/\s/.test(words) ? `"${words}"` : words}`
  })
  return [...qualified, text ?? ''].filter(Boolean).join(' ')
}

/** Reads the address. What cannot be read is left out, never an error. */
export function parsePlace(params: Params): CatalogPlace {
  let filters: CatalogFilters = {}
  for (const name of CATALOG_FILTERS) {
    if (name === 'text') continue
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
    columns: columnsOf(one(params, 'cols')),
  }
}

function columnsOf(text: string | undefined): readonly CatalogColumn[] {
  if (text === undefined) return DEFAULT_COLUMNS
  return CATALOG_COLUMNS.filter((name) => text.split(',').includes(name))
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
  const columns = place.columns.join(',')
  if (columns !== DEFAULT_COLUMNS.join(',')) params.set('cols', columns)
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
