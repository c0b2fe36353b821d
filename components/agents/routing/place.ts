const VIEWS = ['try', 'tests', 'gaps'] as const
export type RoutingView = (typeof VIEWS)[number]

const MOST_IN_ADDRESS = 2_000

/** What the address asks for: a part of the page, and the request that is tried. */
export function readPlace(query: Record<string, string | string[] | undefined>): {
  view: RoutingView
  request: string
} {
  const { view, q } = query
  return {
    view: VIEWS.find((one) => one === view) ?? 'try',
    request: (typeof q === 'string' ? q : '').trim().slice(0, MOST_IN_ADDRESS),
  }
}

export function hrefOf(view: RoutingView, request = ''): string {
  const query = new URLSearchParams()
  if (view !== 'try') query.set('view', view)
  if (request !== '') query.set('q', request)
  const text = query.toString()
  return text === '' ? '/agents/routing' : `/agents/routing?${text}`
}
