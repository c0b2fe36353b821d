import type { Metadata } from 'next'
import { MayNotImport } from '@/components/agents/may-not-import'
import { NewAgentForm } from '@/components/agents/new/new-agent-form'
import { PageHeader } from '@/components/shell/page-header'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { currentRulebook } from '@/lib/constitution/queries'
import { listDepartments } from '@/lib/people/queries/installation'

export const metadata: Metadata = { title: 'New agent' }

export default async function NewAgentPage() {
  const actor = await requirePageActor()
  const departments = (await listDepartments(actor)).filter(({ id }) =>
    can(actor, 'agent.import', id),
  )
  const { content } = await currentRulebook()
  const models = content.models.filter((model) => !model.name.includes('*'))
  return (
    <>
      <PageHeader crumbs={[{ label: 'Agents', href: '/agents' }, { label: 'New agent' }]} heading />
      {departments.length === 0 ? (
        <MayNotImport />
      ) : (
        <NewAgentForm
          departments={departments.map(({ id, name }) => ({ id, name }))}
          tools={content.tools}
          models={models.map(({ name, title }) => ({ name, title }))}
        />
      )}
    </>
  )
}
