import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { AssignForm } from '@/components/agents/assign-form'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { assignmentOf, peopleToName } from '@/lib/agents/queries/assignment'
import { requirePageActor } from '@/lib/auth/current'
import { can } from '@/lib/auth/permissions'
import { listDepartments } from '@/lib/people/queries/installation'

export const metadata: Metadata = { title: 'Who answers' }

export default async function AssignPage(props: { params: Promise<{ slug: string }> }) {
  const actor = await requirePageActor()
  const found = await assignmentOf(actor, (await props.params).slug)
  if (!found) notFound()
  const [people, departments] = await Promise.all([peopleToName(), listDepartments(actor)])
  const may = can(actor, 'agent.assign', found.departmentId)
  return (
    <>
      <PageHeader
        heading
        crumbs={[
          { label: 'Agents', href: '/agents' },
          { label: found.slug, href: `/agents/${found.slug}` },
          { label: 'Who answers' },
        ]}
      />
      <Pane label="Who answers">
        <AssignForm
          agent={found}
          departmentId={found.departmentId}
          people={
            may ? people : people.filter((one) => [found.ownerId, found.sponsorId].includes(one.id))
          }
          departments={departments}
          whyNot={may ? undefined : 'Only an administrator assigns agents.'}
        />
      </Pane>
    </>
  )
}
