import { AgentViews } from '@/components/agents/agent-views'
import { counted } from '@/components/agents/marks'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { Empty } from '@/components/ui/empty'
import { StateCount } from '@/components/ui/state-shape'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import type { DepartmentSummary } from '@/lib/agents/queries/departments'
import { AgentBars, Reviews } from './marks'

/** Departments side by side: how many agents, how risky, what is open, who is there. */
export function DepartmentsScreen(props: { departments: readonly DepartmentSummary[] }) {
  const { departments } = props
  const agents = departments.reduce((sum, one) => sum + one.agents, 0)
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Agents', href: '/agents' }, { label: 'Departments' }]}
        heading
        views={<AgentViews current="departments" />}
      />
      <Pane label="Departments">
        {departments.length === 0 ? (
          <Empty title="No departments">
            <p>You hold no role in a department. Ask an administrator for one.</p>
          </Empty>
        ) : (
          <Table caption="Departments" edge={20}>
            <TableHead sticky>
              <Th>Department</Th>
              <Th right>Agents</Th>
              <Th className="max-lg:hidden">Risk</Th>
              <Th className="max-md:hidden">State</Th>
              <Th>Findings</Th>
              <Th className="max-sm:hidden">Reviews</Th>
              <Th right className="max-md:hidden">
                Without owner
              </Th>
              <Th right className="max-md:hidden">
                People
              </Th>
            </TableHead>
            <tbody>
              {departments.map((one) => (
                <DepartmentRow key={one.id} of={one} />
              ))}
            </tbody>
          </Table>
        )}
      </Pane>
      <footer className="flex h-9 shrink-0 items-center border-t border-line px-5 text-meta text-ink-2 max-sm:px-4">
        <p>
          {counted(departments.length, 'department')}, {counted(agents, 'agent')} not retired
        </p>
      </footer>
    </>
  )
}

function DepartmentRow(props: { of: DepartmentSummary }) {
  const { of } = props
  return (
    <Tr>
      <Td className="max-w-[30ch]">
        <span className="flex">
          <RowLink href={`/departments/${of.slug}`} className="truncate" title={of.name}>
            <bdi>{of.name}</bdi>
          </RowLink>
        </span>
      </Td>
      <Td right>{of.agents}</Td>
      <Td className="max-lg:hidden">
        <AgentBars of={of} />
      </Td>
      <Td quiet className="max-md:hidden">
        {stateWords(of)}
      </Td>
      <Td>
        <span className="grid grid-cols-[52px_52px]">
          <span>
            {of.errors > 0 ? <StateCount kind="finding" is="error" count={of.errors} /> : null}
          </span>
          <span>
            {of.warnings > 0 ? (
              <StateCount kind="finding" is="warning" count={of.warnings} />
            ) : null}
          </span>
        </span>
      </Td>
      <Td className="max-sm:hidden">
        <Reviews overdue={of.overdue} due={of.due} />
      </Td>
      <Td right className="max-md:hidden">
        {of.ownerless > 0 ? <span className="text-amb">{of.ownerless}</span> : null}
      </Td>
      <Td right className="max-md:hidden">
        {of.people}
      </Td>
    </Tr>
  )
}

function stateWords({ active, draft, suspended }: DepartmentSummary): string {
  return [
    active > 0 ? `${active} active` : '',
    draft > 0 ? `${draft} draft` : '',
    suspended > 0 ? `${suspended} suspended` : '',
  ]
    .filter(Boolean)
    .join(', ')
}
