import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { Table, Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { SimilarDecision } from '@/lib/inbox/model'

/** How the last three items like this one ended: of the same agent first, then of the same rule. */
export function SimilarDecisions(props: { rows: readonly SimilarDecision[]; clock: Clock }) {
  if (props.rows.length === 0) return null
  return (
    <section className="pt-6">
      <SectionHead title="Last similar decisions" remark="same agent or same rule, 180 days" />
      <Table caption="Last similar decisions">
        <thead className="sr-only">
          <tr>
            <th scope="col">Decision</th>
            <th scope="col">About</th>
            <th scope="col">Why it is like this one</th>
            <th scope="col">By whom and when</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((one) => (
            <Tr key={one.id}>
              <Td className="w-[150px] whitespace-nowrap">
                <State kind="approval" is={one.state} />
              </Td>
              <Td className="max-w-0 truncate" title={one.title}>
                <TextLink href={`/inbox/${one.id}`} className="text-ink!">
                  <bdi>{one.title}</bdi>
                </TextLink>
              </Td>
              <Td quiet className="w-[92px] whitespace-nowrap max-sm:hidden">
                {one.sameAgent ? 'same agent' : 'same rule'}
              </Td>
              <Td quiet right className="w-[150px] pr-0 whitespace-nowrap">
                {one.by === null ? null : <bdi>{one.by}, </bdi>}
                <Time at={one.at} clock={props.clock} show="day" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
