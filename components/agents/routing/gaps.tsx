import type { ReactNode } from 'react'
import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { State } from '@/components/ui/state-shape'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import type { RoutingGaps } from '@/lib/agents/queries/routing'
import { counted } from '../marks'
import { AgentLink } from './choice'

/** What routing cannot do whatever is asked: dead ends, words with two owners, agents without a way. */
export function Gaps(props: { gaps: RoutingGaps }) {
  const { domains, missing, collisions, unreachable } = props.gaps
  return (
    <div className="max-w-[960px] px-6 pt-5 pb-8 max-sm:px-4">
      {domains === 0 ? (
        <p className="max-w-[62ch] pb-5 text-ink-2">
          The rulebook in force has no domains: requests go where descriptions lead. Keywords and
          their owners are part of the constitution.
        </p>
      ) : null}
      <Part title="Domains that lead to nobody" good="none" count={missing.length}>
        <Table caption="Domains that lead to nobody">
          <TableHead>
            <Th>Domain</Th>
            <Th>Names</Th>
            <Th>State</Th>
          </TableHead>
          <tbody>
            {missing.map((one) => (
              <Tr key={`${one.domain} ${one.agent}`}>
                <Td className="font-medium">
                  <bdi>{one.domain}</bdi>
                </Td>
                <Td className="font-mono text-mono">
                  {one.state === 'absent' ? <bdi>{one.agent}</bdi> : <AgentLink slug={one.agent} />}
                </Td>
                <Td>
                  {one.state === 'absent' ? (
                    <span className="text-red">does not exist</span>
                  ) : (
                    <State kind="agent" is={one.state} />
                  )}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </Part>
      <Part title="Keywords with two owners" good="none" count={collisions.length}>
        <Table caption="Keywords with two owners">
          <TableHead>
            <Th>Keyword</Th>
            <Th>Domains</Th>
          </TableHead>
          <tbody>
            {collisions.map((one) => (
              <Tr key={one.keyword}>
                <Td className="font-medium">
                  <bdi>{one.keyword}</bdi>
                </Td>
                <Td>
                  <bdi>{one.domains.join(', ')}</bdi>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      </Part>
      <Part title="Agents that nothing leads to" good="none" count={unreachable.count}>
        <p className="max-w-[62ch] py-2 text-ink-2">
          Active, in no domain, and their description does not say when to use them. They are
          reached by name only.
        </p>
        <ul className="columns-2 gap-x-10 max-sm:columns-1">
          {unreachable.slugs.map((slug) => (
            <li key={slug} className="border-b border-line py-1">
              <AgentLink slug={slug} />
            </li>
          ))}
        </ul>
        {unreachable.count > unreachable.slugs.length ? (
          <p className="pt-2 text-ink-3">
            and {counted(unreachable.count - unreachable.slugs.length, 'more agent')}
          </p>
        ) : null}
      </Part>
    </div>
  )
}

function Part(props: { title: string; good: string; count: number; children: ReactNode }) {
  return (
    <section className="pb-7">
      <SectionHead title={props.title} remark={props.count === 0 ? null : props.count} />
      {props.count === 0 ? (
        <p className="flex items-center gap-2 py-2 text-ink-2">
          <Shape name="check" ink="green" />
          {props.good}
        </p>
      ) : (
        props.children
      )}
    </section>
  )
}
