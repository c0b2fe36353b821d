import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { PageHeading, SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { GroupRow, RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { MAX_REACH_ROWS, MAX_REACH_STEPS, type ReachSubject } from '@/lib/agents/model'
import type { Reach, ReachRow } from '@/lib/agents/queries/reach'
import { AgentViews } from '../agent-views'
import { counted } from '../marks'
import { reachHref } from './place'

const KIND_WORDS: Record<ReachSubject['kind'], string> = {
  tool: 'Tool',
  mcp: 'MCP server',
  skill: 'Skill',
  agent: 'Agent',
}

/** What a tool, server, skill or agent reaches: who has it, and who starts somebody that has. */
export function ReachScreen(props: { subject: ReachSubject; reach: Reach }) {
  const { subject, reach } = props
  const { named, inherited, started, departments } = reach.counts
  const all = named + inherited + started
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Agents', href: '/agents' },
          { label: 'Reach', href: '/agents/reach' },
          { label: <bdi>{subject.name}</bdi> },
        ]}
        views={<AgentViews current="reach" />}
      />
      <Pane label="Reach">
        <div className="px-5 pt-5 pb-4 max-sm:px-4">
          <PageHeading
            title={
              <>
                <bdi className="break-words">{subject.name}</bdi> reaches {counted(all, 'agent')}
              </>
            }
            remark={KIND_WORDS[subject.kind]}
            sentence={all === 0 ? null : sentenceOf(reach, subject)}
          />
          {all === 0 ? (
            <p className="max-w-[62ch] pt-2 text-ink-2">
              No agent that you may see {subject.kind === 'agent' ? 'starts it' : 'has it'}, itself
              or through another one. Changing it touches none of them.
            </p>
          ) : null}
        </div>
        {all === 0 ? null : <ReachTable rows={reach.rows} />}
        <p className="px-5 py-3 text-meta text-ink-3 max-sm:px-4">
          {all > reach.rows.length ? `The nearest ${MAX_REACH_ROWS} are listed. ` : ''}
          {all === 0 ? '' : `In ${counted(departments, 'department')}. `}
          Followed through at most {MAX_REACH_STEPS} agents. Retired agents are left out.
        </p>
      </Pane>
    </>
  )
}

function sentenceOf({ counts }: Reach, subject: ReachSubject): string {
  const { named, inherited, started } = counts
  if (subject.kind === 'agent')
    return `${counted(started, 'agent')} may start it, directly or through another.`
  const parts = [
    named > 0 ? `${named} ${named === 1 ? 'names' : 'name'} it` : '',
    inherited > 0 ? `${inherited} ${inherited === 1 ? 'inherits' : 'inherit'} every tool` : '',
    started > 0 ? `${started} ${started === 1 ? 'starts' : 'start'} an agent that has it` : '',
  ].filter(Boolean)
  return `${parts.join(', ')}.`
}

function headingOf(row: ReachRow): string {
  if (row.steps === 0) return row.how === 'named' ? 'Names it' : 'Inherits every tool'
  return row.steps === 1 ? 'Starts an agent of these' : `${row.steps} agents away`
}

function ReachTable(props: { rows: readonly ReachRow[] }) {
  const groups: { heading: string; rows: ReachRow[] }[] = []
  for (const row of props.rows) {
    const heading = headingOf(row)
    const last = groups.at(-1)
    if (last?.heading === heading) last.rows.push(row)
    else groups.push({ heading, rows: [row] })
  }
  return (
    <Table caption="Agents that it reaches" edge={20}>
      <TableHead sticky>
        <Th width={64}>Risk</Th>
        <Th>Agent</Th>
        <Th>Through</Th>
        <Th className="max-sm:hidden">Department</Th>
        <Th className="max-sm:hidden">State</Th>
      </TableHead>
      {groups.map(({ heading, rows }) => (
        <tbody key={heading}>
          <GroupRow columns={5} aside={rows.length}>
            {heading}
          </GroupRow>
          {rows.map((row) => (
            <AgentReached key={row.slug} row={row} />
          ))}
        </tbody>
      ))}
    </Table>
  )
}

function AgentReached(props: { row: ReachRow }) {
  const { row } = props
  return (
    <Tr>
      <Td>
        <State kind="risk" is={row.riskTier} hideWord />
      </Td>
      <Td className="max-w-[34ch]">
        <span className="flex">
          <RowLink
            href={`/agents/${row.slug}`}
            prefetch={false}
            className="truncate"
            title={row.slug}
          >
            {row.slug}
          </RowLink>
        </span>
      </Td>
      <Td quiet className="max-w-[28ch] truncate">
        {row.through ? (
          <TextLink href={`/agents/${row.through}`} prefetch={false}>
            {row.through}
          </TextLink>
        ) : row.how === 'started' ? (
          'may start any agent'
        ) : null}
      </Td>
      <Td quiet className="max-sm:hidden">
        {row.department}
      </Td>
      <Td className="max-sm:hidden">
        <State kind="agent" is={row.state} />
      </Td>
    </Tr>
  )
}

/** Where to begin: what the agents name most, by kind. */
export function ReachStart(props: { subjects: readonly (ReachSubject & { agents: number })[] }) {
  const kinds = ['tool', 'mcp', 'skill', 'agent'] as const
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Agents', href: '/agents' }, { label: 'Reach' }]}
        views={<AgentViews current="reach" />}
      />
      <Pane label="Reach">
        <div className="px-6 pt-5 pb-6 max-sm:px-4">
          <PageHeading
            title="What would a change touch?"
            sentence="Choose a tool, a server, a skill or an agent: every agent that has it, or starts one that has."
          />
          <div className="grid grid-cols-2 gap-x-10 gap-y-6 pt-5 max-md:grid-cols-1 xl:grid-cols-4">
            {kinds.map((kind) => {
              const of = props.subjects.filter((one) => one.kind === kind)
              return (
                <section key={kind} className="min-w-0">
                  <SectionHead title={kind === 'agent' ? 'Sub-agent' : KIND_WORDS[kind]} />
                  {of.length === 0 ? (
                    <p className="pt-1.5 text-ink-3">none named</p>
                  ) : (
                    <ul>
                      {of.map((one) => (
                        <li
                          key={one.name}
                          className="flex items-baseline justify-between gap-3 border-b border-line py-1"
                        >
                          <TextLink
                            href={reachHref(one)}
                            prefetch={false}
                            className="min-w-0 truncate font-mono text-mono"
                            title={one.name}
                          >
                            <bdi>{one.name}</bdi>
                          </TextLink>
                          <span className="text-ink-2">{one.agents}</span>
                        </li>
                      ))}
                    </ul>
                  )}
                </section>
              )
            })}
          </div>
        </div>
      </Pane>
    </>
  )
}
