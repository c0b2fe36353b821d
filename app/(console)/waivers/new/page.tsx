import type { Metadata } from 'next'
import { orNotFound } from '@/components/agents/or-not-found'
import { viewerClock } from '@/components/shell/viewer-clock'
import { RequestScreen } from '@/components/waivers/request-screen'
import { peopleOf } from '@/lib/agents/queries/assignable'
import { findingOf } from '@/lib/agents/queries/finding'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'

export const metadata: Metadata = { title: 'Excuse a finding' }

type Search = Record<string, string | string[] | undefined>

export default async function RequestWaiverPage(props: { searchParams: Promise<Search> }) {
  const actor = await requirePageActor()
  const search = await props.searchParams
  const clock = await viewerClock()
  const about = { slug: String(search.agent ?? ''), fingerprint: String(search.finding ?? '') }
  const shown = await orNotFound(findingOf(actor, { ...about, now: new Date(clock.now) }))
  const { departmentId } = shown.facts
  return (
    <RequestScreen
      shown={shown}
      people={await peopleOf(departmentId)}
      readerId={actor.id}
      mayAsk={can(actor, 'waiver.request', departmentId)}
      clock={clock}
    />
  )
}
