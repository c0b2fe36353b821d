import { WAIVER_VIEWS, type WaiverFilters, type WaiverView } from '@/lib/agents/model'
import { isId } from '@/lib/core/ids'

export type WaiverPlace = { view: WaiverView; filters: WaiverFilters; after: string | null }

type Search = Record<string, string | string[] | undefined>
const MAX_NAME = 200

/** What an address asks for; anything that it cannot mean is left out. */
export function parsePlace(search: Search): WaiverPlace {
  const text = (key: string) => {
    const value = search[key]
    return typeof value === 'string' && value.trim() !== '' && value.length <= MAX_NAME
      ? value.trim()
      : undefined
  }
  const id = (key: string) => {
    const value = text(key)
    return value !== undefined && isId(value) ? value : undefined
  }
  const [agent, rule, owner] = [text('agent'), text('rule'), id('owner')]
  return {
    view: WAIVER_VIEWS.find((view) => view === search.view) ?? 'open',
    filters: {
      ...(agent === undefined ? {} : { agent }),
      ...(rule === undefined ? {} : { rule }),
      ...(owner === undefined ? {} : { owner }),
    },
    after: id('after') ?? null,
  }
}

/** The address of a place, with some of it replaced; a changed place starts at its first page. */
export function hrefOf(place: WaiverPlace, change: Partial<WaiverPlace> = {}): string {
  const { view, filters, after } = { ...place, after: null, ...change }
  const query = new URLSearchParams({
    ...(view === 'open' ? {} : { view }),
    ...filters,
    ...(after === null ? {} : { after }),
  }).toString()
  return query === '' ? '/waivers' : `/waivers?${query}`
}

/** Where somebody asks to excuse a finding of an agent. */
export function requestHref(slug: string, fingerprint: string): string {
  return `/waivers/new?${new URLSearchParams({ agent: slug, finding: fingerprint })}`
}
