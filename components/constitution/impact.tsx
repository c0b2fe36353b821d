import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import type { ShapeName } from '@/components/ui/state-words'
import { Table, Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { CatalogImpact, MovedAgent } from '@/lib/inbox/model'
import { countWords } from '@/lib/inbox/rules/words'

/**
 * Which agents a constitution would newly fail and newly pass, with the rules: before it is proposed,
 * and inside the item that people decide on.
 */
export function ImpactSection(props: { impact: CatalogImpact; all?: string }) {
  const { impact } = props
  const { failing, worse, passing } = impact
  const nothing = failing.count + worse.count + passing.count === 0
  return (
    <section className="pt-6" aria-label="Effect on the catalog">
      <SectionHead
        title="Effect on the catalog"
        remark={`${countWords(impact.agents, 'agent')} tried under it`}
        aside={props.all ? <TextLink href={props.all}>All of them</TextLink> : undefined}
      />
      {impact.missing > 0 ? (
        <p role="status" className="bg-amb-soft px-2 py-1.5">
          {countWords(impact.missing, 'agent')} are still being tried. Read this again in a moment.
        </p>
      ) : null}
      {nothing && impact.missing === 0 ? (
        <p className="flex items-center gap-2 py-2 text-ink-2">
          <Shape name="check" ink="green" />
          No agent newly fails, and none newly passes.
        </p>
      ) : (
        <>
          <Group title="Would newly fail" shape="error-square" ink="red" group={failing} />
          <Group title="Fail already, and gain a rule" shape="diamond" ink="amber" group={worse} />
          <Group title="Would newly pass" shape="check" ink="green" group={passing} />
        </>
      )}
    </section>
  )
}

function Group(props: {
  title: string
  shape: ShapeName
  ink: 'red' | 'amber' | 'green'
  group: { count: number; first: readonly MovedAgent[] }
}) {
  const { group } = props
  if (group.count === 0) return null
  return (
    <div className="pt-3">
      <h3 className="flex items-center gap-2 pb-1">
        <Shape name={props.shape} ink={props.ink} />
        <span className="font-medium">{props.title}</span>
        <span className="text-ink-3">{group.count.toLocaleString('en-GB')}</span>
      </h3>
      <AgentTable caption={props.title} agents={group.first} />
      {group.count > group.first.length ? (
        <p className="pt-1.5 text-ink-3">
          and {(group.count - group.first.length).toLocaleString('en-GB')} more
        </p>
      ) : null}
    </div>
  )
}

/** Agents with the rules that they gain and lose. */
function AgentTable(props: { caption: string; agents: readonly MovedAgent[] }) {
  return (
    <Table caption={props.caption}>
      <thead className="sr-only">
        <tr>
          <th scope="col">Agent</th>
          <th scope="col">Department</th>
          <th scope="col">Rules</th>
        </tr>
      </thead>
      <tbody>
        {props.agents.map((one) => (
          <Tr key={one.slug}>
            <Td className="w-[38%] py-1.5 [overflow-wrap:anywhere]">
              <TextLink href={`/agents/${one.slug}`}>{one.slug}</TextLink>
              {one.state === 'active' ? null : (
                <span className="pl-2 text-meta text-ink-3">{one.state}</span>
              )}
            </Td>
            <Td quiet className="w-[22%] py-1.5">
              <bdi>{one.department}</bdi>
            </Td>
            <Td className="py-1.5 pr-0">
              <Rules sign="+" words="gains" rules={one.gained} />
              <Rules sign="−" words="loses" rules={one.lost} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function Rules(props: { sign: string; words: string; rules: readonly string[] }) {
  if (props.rules.length === 0) return null
  return (
    <span className="block font-mono text-mono [overflow-wrap:anywhere]">
      <span aria-hidden="true" className="text-ink-3">
        {props.sign}{' '}
      </span>
      <span className="sr-only">{props.words} </span>
      {props.rules.map((rule, index) => (
        <span key={rule}>
          {index > 0 ? ', ' : ''}
          <TextLink href={`/constitution/rules/${rule}`}>{rule}</TextLink>
        </span>
      ))}
    </span>
  )
}
