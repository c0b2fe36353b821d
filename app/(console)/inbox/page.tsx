import type { Metadata } from 'next'
import { inboxHref } from '@/components/inbox/address'
import { ItemReader } from '@/components/inbox/item-reader'
import { ItemStrip } from '@/components/inbox/item-strip'
import { OpenFirst } from '@/components/inbox/open-first'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { impactOf } from '@/lib/inbox/queries/impact'
import { inboxItem } from '@/lib/inbox/queries/item'
import { inboxList } from '@/lib/inbox/queries/list'
import { readKind, readView } from '@/lib/inbox/rules/order'

export const metadata: Metadata = { title: 'Inbox' }

export default async function InboxPage(props: {
  searchParams: Promise<{ view?: string; kind?: string }>
}) {
  const actor = await requirePageActor()
  const query = await props.searchParams
  const place = { view: readView(query.view), kind: readKind(query.kind), wide: false }
  const list = await inboxList(actor, place)
  const first = list.groups[0]?.rows[0]
  if (!first) return null
  const [item, clock] = await Promise.all([inboxItem(actor, first.id), viewerClock()])
  return (
    <>
      <OpenFirst href={inboxHref(first.id, place)} />
      <ItemStrip item={item} clock={clock} />
      <ItemReader item={item} clock={clock} impact={await impactOf(actor, item)} />
    </>
  )
}
