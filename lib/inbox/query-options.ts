import { infiniteQueryOptions } from '@tanstack/react-query'
import type { ApprovalKind } from '@/lib/approvals/model'
import type { InboxList, InboxView } from './model'

export type InboxQuery = { view: InboxView; kind: ApprovalKind | null }

/** The list as the page was made with it, then page by page from the handler. */
export function inboxListOptions(query: InboxQuery, initial: InboxList | undefined) {
  return infiniteQueryOptions({
    queryKey: ['inbox', query.view, query.kind],
    queryFn: ({ pageParam, signal }) => fetchInbox(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last: InboxList) => last.groups[0]?.next ?? null,
    ...(initial ? { initialData: { pages: [initial], pageParams: [null] } } : {}),
  })
}

async function fetchInbox(
  query: InboxQuery,
  after: string | null,
  signal: AbortSignal,
): Promise<InboxList> {
  const params = new URLSearchParams({ view: query.view })
  if (query.kind !== null) params.set('kind', query.kind)
  if (after !== null) params.set('after', after)
  const response = await fetch(`/api/console/inbox?${params}`, { signal })
  if (!response.ok) throw new Error(`The inbox answered ${response.status}.`)
  return (await response.json()) as InboxList
}
