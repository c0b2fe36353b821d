import type { Metadata } from 'next'
import { DepartmentsScreen } from '@/components/departments/list-screen'
import { viewerClock } from '@/components/shell/viewer-clock'
import { departmentSummaries } from '@/lib/agents/queries/departments'
import { requirePageActor } from '@/lib/auth/current'
import { localDate } from '@/lib/core/time'

export const metadata: Metadata = { title: 'Departments' }

export default async function DepartmentsPage() {
  const actor = await requirePageActor()
  const clock = await viewerClock()
  const today = localDate(new Date(clock.now), clock.zone)
  return <DepartmentsScreen departments={await departmentSummaries(actor, today)} />
}
