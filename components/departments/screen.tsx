import { AgentViews } from '@/components/agents/agent-views'
import { counted } from '@/components/agents/marks'
import { PageHeader } from '@/components/shell/page-header'
import { Reader } from '@/components/shell/panes'
import { Facts, RailPart } from '@/components/ui/facts'
import { PageHeading, SectionHead } from '@/components/ui/section'
import { StateCount } from '@/components/ui/state-shape'
import { TextLink } from '@/components/ui/text-link'
import type { DepartmentPage } from '@/lib/agents/queries/departments'
import { Reviews } from './marks'
import { PolicyTable } from './policy-table'

const STATES = ['active', 'draft', 'suspended'] as const
const TIERS = ['critical', 'high', 'medium', 'low'] as const

/** One department: what its policy allows beside what its agents hold, what is open, who is there. */
export function DepartmentScreen(props: { page: DepartmentPage }) {
  const { page } = props
  const list = `/agents?department=${page.slug}`
  return (
    <>
      <PageHeader
        crumbs={[
          { label: 'Agents', href: '/agents' },
          { label: 'Departments', href: '/departments' },
          { label: <bdi>{page.name}</bdi> },
        ]}
        views={<AgentViews current="departments" />}
      />
      <Reader
        railLabel="Facts"
        railWidth="object"
        rail={<DepartmentRail page={page} list={list} />}
        head={
          <PageHeading
            title={<bdi>{page.name}</bdi>}
            remark={counted(page.agents, 'agent')}
            sentence={
              page.policy
                ? `Its row in constitution ${page.label}, beside what its agents hold.`
                : `Constitution ${page.label} has no row for it: no tool is forbidden here, none is allowed without a reason.`
            }
          />
        }
      >
        <div className="flex flex-col gap-7">
          <PolicyTable page={page} list={list} />
          <Servers page={page} list={list} />
        </div>
      </Reader>
    </>
  )
}

function Servers(props: { page: DepartmentPage; list: string }) {
  const { page, list } = props
  if (page.servers.length === 0) return null
  return (
    <section>
      <SectionHead title="MCP servers" remark={page.policy ? `${page.policy.mcp} here` : null} />
      <ul>
        {page.servers.map((one) => (
          <li key={one.name} className="flex items-baseline gap-4 border-b border-line py-1.5">
            <TextLink
              href={`/agents/reach?${new URLSearchParams({ mcp: one.name })}`}
              className="min-w-0 truncate font-mono text-mono"
            >
              <bdi>{one.name}</bdi>
            </TextLink>
            <span className="ml-auto text-ink-2">
              {one.listed ? 'needs no further reason' : 'needs a reason'}
            </span>
            <TextLink href={`${list}&${new URLSearchParams({ mcp: one.name })}`}>
              {counted(one.agents, 'agent')}
            </TextLink>
          </li>
        ))}
      </ul>
    </section>
  )
}

function DepartmentRail(props: { page: DepartmentPage; list: string }) {
  const { page, list } = props
  return (
    <>
      <RailPart title="Agents" aside={<TextLink href={list}>All {page.agents}</TextLink>}>
        <Facts
          facts={[
            ...STATES.filter((state) => page[state] > 0).map((state) => ({
              label: state === 'draft' ? 'Draft' : state === 'active' ? 'Active' : 'Suspended',
              value: <TextLink href={`${list}&state=${state}`}>{page[state]}</TextLink>,
            })),
            {
              label: 'Risk',
              value: (
                <span className="flex flex-wrap gap-x-4">
                  {TIERS.filter((tier) => page[tier] > 0).map((tier) => (
                    <TextLink
                      key={tier}
                      href={`${list}&risk=${tier}`}
                      className="hover:no-underline"
                    >
                      <StateCount kind="risk" is={tier} count={page[tier]} />
                    </TextLink>
                  ))}
                </span>
              ),
            },
            ...(page.ownerless > 0
              ? [
                  {
                    label: 'No owner',
                    value: <TextLink href={`${list}&owner=none`}>{page.ownerless}</TextLink>,
                  },
                ]
              : []),
          ]}
        />
      </RailPart>
      <RailPart title="Open">
        <Facts
          facts={[
            {
              label: 'Findings',
              value:
                page.errors + page.warnings === 0 ? (
                  'none'
                ) : (
                  <TextLink href={`${list}&findings=yes`}>
                    {counted(page.errors, 'error')}, {counted(page.warnings, 'warning')}
                  </TextLink>
                ),
            },
            {
              label: 'Reviews',
              value:
                page.overdue + page.due === 0 ? (
                  'none due'
                ) : (
                  <TextLink href={`${list}&review=${page.overdue > 0 ? 'overdue' : 'due'}`}>
                    <Reviews overdue={page.overdue} due={page.due} />
                  </TextLink>
                ),
            },
            {
              label: 'Principles',
              value: (
                <TextLink href={`/agents/matrix?department=${page.slug}`}>who states what</TextLink>
              ),
            },
          ]}
        />
      </RailPart>
      <RailPart title="People" aside={page.roles.length}>
        {page.roles.length === 0 ? (
          <p className="text-ink-2">
            Nobody has a role in just this department. People with a role everywhere act here too.
          </p>
        ) : (
          <ul className="flex flex-col gap-1">
            {page.roles.map((person) => (
              <li key={person.id} className="flex flex-wrap items-baseline gap-x-2">
                <TextLink href={`/people/${person.id}`}>
                  <bdi>{person.name}</bdi>
                </TextLink>
                <span className="text-ink-2">{person.roles.join(', ')}</span>
              </li>
            ))}
          </ul>
        )}
      </RailPart>
    </>
  )
}
