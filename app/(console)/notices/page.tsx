import type { Metadata } from 'next'
import { NoticesScreen } from '@/components/notifications/notices-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { isId } from '@/lib/core/ids'
import { ownNotices } from '@/lib/notifications/queries'

export const metadata: Metadata = { title: 'Notices' }

export default async function NoticesPage(props: {
  searchParams: Promise<{ after?: string | string[] }>
}) {
  const actor = await requirePageActor()
  const { after } = await props.searchParams
  const place = typeof after === 'string' && isId(after) ? after : null
  const [page, clock] = await Promise.all([ownNotices(actor, place), viewerClock()])
  return <NoticesScreen page={page} clock={clock} />
}
