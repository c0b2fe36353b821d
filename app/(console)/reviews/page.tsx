import type { Metadata } from 'next'
import { quarterOf } from '@/components/reviews/quarter'
import { ReviewsScreen } from '@/components/reviews/reviews-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { requirePageActor } from '@/lib/auth/current'
import { localDate } from '@/lib/core/time'
import { listReviews, reviewCalendar, reviewCounts } from '@/lib/reviews/queries'

export const metadata: Metadata = { title: 'Reviews' }

export default async function ReviewsPage(props: { searchParams: Promise<{ view?: string }> }) {
  const actor = await requirePageActor()
  const view = (await props.searchParams).view === 'decided' ? 'decided' : 'open'
  const clock = await viewerClock()
  const now = new Date(clock.now)
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
      selected={null}
      reader={
        <p className="p-6 text-ink-2">
          Choose a review to see what changed and what the agent did.
        </p>
      }
    />
  )
}
