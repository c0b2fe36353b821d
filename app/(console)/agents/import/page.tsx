import type { Metadata } from 'next'
import { ImportPanel } from '@/components/agents/import-panel'
import { MayNotImport } from '@/components/agents/may-not-import'
import { PageHeader } from '@/components/shell/page-header'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { listDepartments } from '@/lib/people/queries/installation'

export const metadata: Metadata = { title: 'Import agents' }

export default async function ImportPage() {
  const actor = await requirePageActor()
  const departments = (await listDepartments(actor)).filter(({ id }) =>
    can(actor, 'agent.import', id),
  )
  return (
    <>
      <PageHeader crumbs={[{ label: 'Agents', href: '/agents' }, { label: 'Import' }]} heading />
      {departments.length === 0 ? (
        <MayNotImport />
      ) : (
        <ImportPanel departments={departments.map(({ id, name }) => ({ id, name }))} />
      )}
    </>
  )
}
