import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { quarterOf } from '@/components/reviews/quarter'
import { ReviewReader } from '@/components/reviews/review-reader'
import { ReviewsScreen } from '@/components/reviews/reviews-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { isId } from '@/lib/core/ids'
import { localDate } from '@/lib/core/time'
import { listReviews, reviewCalendar, reviewCounts, reviewItem } from '@/lib/reviews/queries'

export const metadata: Metadata = { title: 'Review' }

export default async function ReviewPage(props: {
  params: Promise<{ id: string }>
  searchParams: Promise<{ view?: string }>
}) {
  const actor = await requirePageActor()
  const { id } = await props.params
  const clock = await viewerClock()
  const now = new Date(clock.now)
  const item = isId(id) ? await reviewItem(actor, id, now) : null
  if (!item) notFound()
  const view = (await props.searchParams).view === 'decided' ? 'decided' : 'open'
  const today = localDate(now, clock.zone)
  const quarter = quarterOf(today)
  const [rows, counts, calendar] = await Promise.all([
    listReviews(actor, view, now),
    reviewCounts(actor, now),
    reviewCalendar(actor, { ...quarter, today }),
  ])
  return (
    <ReviewsScreen
      {...{ view, rows, counts, quarter, calendar, clock }}
      selected={id}
      reader={<ReviewReader item={item} clock={clock} />}
    />
  )
}
