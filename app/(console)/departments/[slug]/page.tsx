import type { Metadata } from 'next'
import { orNotFound } from '@/components/agents/or-not-found'
import { DepartmentScreen } from '@/components/departments/screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { departmentPage } from '@/lib/agents/queries/departments'
import { requirePageActor } from '@/lib/auth/current'
import { localDate } from '@/lib/core/time'

type Props = { params: Promise<{ slug: string }> }

export const metadata: Metadata = { title: 'Department' }

export default async function DepartmentPage(props: Props) {
  const { slug } = await props.params
  const actor = await requirePageActor()
  const clock = await viewerClock()
  const today = localDate(new Date(clock.now), clock.zone)
  return <DepartmentScreen page={await orNotFound(departmentPage(actor, slug, today))} />
}
