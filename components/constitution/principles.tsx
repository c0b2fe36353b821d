import { Badge } from '@/components/ui/badge'
import { State } from '@/components/ui/state-shape'
import { GroupRow, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { PRINCIPLE_GROUPS, type Principle, type PrincipleGroup } from '@/lib/constitution/model'

const GROUP_WORDS: Record<PrincipleGroup, [title: string, remark: string]> = {
  immutable: ['Immutable', 'once approved, neither reworded nor dropped'],
  quality: ['Quality and safety', ''],
  workflow: ['Workflow and delegation', ''],
}

/** Rules that check a principle in the text, and how many agents have a finding that does. */
export type Served = { rules: readonly string[]; agents: number }

/** Every principle with its group, mark, severity, what checks it, and how many agents fall short. */
export function PrinciplesScreen(props: {
  principles: readonly Principle[]
  served: ReadonlyMap<string, Served>
}) {
  return (
    <Table caption="Principles of the constitution" className="max-w-[1080px]">
      <TableHead>
        <Th>Principle</Th>
        <Th>Left out</Th>
        <Th className="max-sm:hidden">Checked by</Th>
        <Th right className="max-sm:hidden">
          Agents short of it
        </Th>
      </TableHead>
      {PRINCIPLE_GROUPS.map((group) => {
        const all = props.principles.filter((one) => one.group === group)
        const [title, remark] = GROUP_WORDS[group]
        return all.length === 0 ? null : (
          <tbody key={group}>
            <GroupRow columns={4} aside={<span className="max-sm:hidden">{remark}</span>}>
              {title}
            </GroupRow>
            {all.map((one) => (
              <PrincipleRow key={one.slug} principle={one} served={props.served.get(one.slug)} />
            ))}
          </tbody>
        )
      })}
    </Table>
  )
}

function PrincipleRow(props: { principle: Principle; served: Served | undefined }) {
  const { principle, served } = props
  return (
    <Tr id={principle.slug}>
      <Td className="py-2 align-top">
        <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <bdi className="font-medium">{principle.title}</bdi>
          <span className="font-mono text-mono text-ink-3">{principle.slug}</span>
          {principle.critical ? <Badge tone="red">Critical</Badge> : null}
        </p>
        <p className="line-clamp-3 max-w-[62ch] text-ink-2" title={principle.text}>
          <bdi>{principle.text}</bdi>
        </p>
      </Td>
      <Td className="w-[110px] py-2 align-top whitespace-nowrap">
        <State kind="finding" is={principle.severity} />
      </Td>
      <Td className="w-[220px] py-2 align-top max-sm:hidden">
        <ul>
          {(served?.rules ?? []).map((rule) => (
            <li key={rule} className="font-mono text-mono [overflow-wrap:anywhere]">
              <TextLink href={`/constitution/rules/${rule}`}>{rule}</TextLink>
            </li>
          ))}
          <li className="text-ink-3">kept: attested by people, in a review</li>
        </ul>
      </Td>
      <Td right className="w-[150px] py-2 pr-0 align-top max-sm:hidden">
        {served && served.agents > 0 ? served.agents.toLocaleString('en-GB') : null}
      </Td>
    </Tr>
  )
}
