import type { ApprovalKind } from '@/lib/approvals/model'
import type { InboxView } from '@/lib/inbox/model'

/** Where the reader is: the address carries the view, the filter, and whether the list is away. */
export type InboxPlace = { view: InboxView; kind: ApprovalKind | null; wide: boolean }

/** The address of the list (`id` null) or of one item beside it. */
export function inboxHref(id: string | null, place: InboxPlace): string {
  const params = new URLSearchParams()
  if (place.view !== 'needs') params.set('view', place.view)
  if (place.kind !== null) params.set('kind', place.kind)
  if (place.wide && id !== null) params.set('wide', '1')
  const query = params.toString()
  return `/inbox${id === null ? '' : `/${id}`}${query === '' ? '' : `?${query}`}`
}

export const VIEW_WORDS: Record<InboxView, string> = {
  needs: 'Needs me',
  waiting: 'Waiting on others',
  snoozed: 'Snoozed',
  done: 'Done',
}
