import clsx from 'clsx'
import { SectionHead } from '@/components/ui/section'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import type { ConstitutionView } from '@/lib/agents/queries/constitution'
import type { DepartmentPolicy, PolicyVerdict } from '@/lib/constitution/model'
import { DEPARTMENT_COLUMNS } from './columns'
import { isEditable, PartTable } from './part-table'
import { PolicyEditor } from './policy-editor'
import { toolsOf, VERDICT_INK, VERDICT_WORDS, verdictOf } from './verdict'

/** The matrix, and below it what else is said of each department. */
export function PolicyScreen(props: {
  view: ConstitutionView
  departments: readonly { slug: string; name: string }[]
}) {
  const { view } = props
  const { departments, tools } = view.content
  const { draft } = view
  return (
    <div className="flex flex-col gap-8">
      <section>
        <SectionHead
          title="What agents of a department may hold"
          remark="a tool that is not listed needs a reason"
          className="mb-1"
        />
        {draft && isEditable(view) ? (
          <PolicyEditor
            departments={departments}
            tools={tools.map((tool) => tool.name)}
            missing={props.departments.map(({ slug, name }) => ({ slug, name }))}
            draft={{ id: draft.id, revision: draft.revision }}
          />
        ) : departments.length === 0 ? (
          <p className="py-2 text-ink-2">
            No department has a policy. Nothing is forbidden by one.
          </p>
        ) : (
          <PolicyTable departments={departments} />
        )}
      </section>
      <section>
        <SectionHead title="Departments" className="mb-1" />
        <PartTable
          view={view}
          part="departments"
          caption="Departments with a policy"
          columns={DEPARTMENT_COLUMNS}
          rows={departments}
          blank={BLANK}
          addLabel="Add a department"
        />
      </section>
    </div>
  )
}

const BLANK = {
  ...{ department: '', title: '', tools: {}, mcp: 'conditional' },
  ...{ mcpServers: [], roleTypes: [], levels: [] },
}

/** Department by tool, as it stands. */
function PolicyTable(props: { departments: readonly DepartmentPolicy[] }) {
  const { departments } = props
  const tools = toolsOf(departments)
  return (
    <section
      aria-label="Policy matrix, scrolls sideways"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so a keyboard must reach it
      tabIndex={0}
      className="overflow-x-auto"
    >
      <Table caption="What agents of each department may hold">
        <TableHead>
          <Th>Department</Th>
          {tools.map((tool) => (
            <Th key={tool} className="font-mono">
              {tool}
            </Th>
          ))}
          <Th>MCP</Th>
        </TableHead>
        <tbody>
          {departments.map((one) => (
            <Tr key={one.department}>
              <th scope="row" className="h-(--row) pr-4 font-medium whitespace-nowrap">
                <bdi>{one.title}</bdi>
              </th>
              {tools.map((tool) => (
                <Cell key={tool} verdict={verdictOf(one, tool)} />
              ))}
              <Cell verdict={one.mcp} />
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

function Cell({ verdict }: { verdict: PolicyVerdict }) {
  return (
    <Td className={clsx('whitespace-nowrap', VERDICT_INK[verdict])}>{VERDICT_WORDS[verdict]}</Td>
  )
}
