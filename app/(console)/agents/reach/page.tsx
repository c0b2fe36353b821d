import type { Metadata } from 'next'
import { reachPlace } from '@/components/agents/reach/place'
import { ReachScreen, ReachStart } from '@/components/agents/reach/screen'
import { reachOf, reachSubjects } from '@/lib/agents/queries/reach'
import { requirePageActor } from '@/lib/auth/current'

export const metadata: Metadata = { title: 'Reach' }

export default async function ReachPage(props: {
  searchParams: Promise<Record<string, string | string[] | undefined>>
}) {
  const actor = await requirePageActor()
  const subject = reachPlace(await props.searchParams)
  if (subject === null) return <ReachStart subjects={await reachSubjects(actor)} />
  return <ReachScreen subject={subject} reach={await reachOf(actor, subject)} />
}
