import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { ItemReader } from '@/components/inbox/item-reader'
import { ItemStrip } from '@/components/inbox/item-strip'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { ChanceryError } from '@/lib/core/errors'
import { isId } from '@/lib/core/ids'
import type { InboxItem } from '@/lib/inbox/model'
import { impactOf } from '@/lib/inbox/queries/impact'
import { inboxItem } from '@/lib/inbox/queries/item'

export const metadata: Metadata = { title: 'Inbox' }

export default async function InboxItemPage(props: { params: Promise<{ id: string }> }) {
  const actor = await requirePageActor()
  const { id } = await props.params
  const item = isId(id) ? await inboxItem(actor, id).catch(absent) : null
  if (item === null) notFound()
  const [clock, impact] = await Promise.all([viewerClock(), impactOf(actor, item)])
  return (
    <>
      <ItemStrip item={item} clock={clock} />
      <ItemReader {...{ item, clock, impact }} />
    </>
  )
}

function absent(error: unknown): InboxItem | null {
  if (error instanceof ChanceryError && error.code === 'not_found') return null
  throw error
}
