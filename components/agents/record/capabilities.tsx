import clsx from 'clsx'
import { State } from '@/components/ui/state-shape'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { reachHref } from '../reach/place'
import type { Power, PowerSource } from './capability-rows'

/** Why an agent has a power, with the line, the server or the agent that gives it. */
function Source(props: { of: PowerSource; definitionHref: string }) {
  const { of } = props
  const line = (at: number | null) =>
    at === null ? null : (
      <>
        , <TextLink href={`${props.definitionHref}#L${at}`}>line {at}</TextLink>
      </>
    )
  switch (of.is) {
    case 'explicit':
      return <>explicit{line(of.line)}</>
    case 'inherited':
      return <>inherited, the file names none</>
    case 'mcp':
      return (
        <>
          MCP server{' '}
          <TextLink href={reachHref({ kind: 'mcp', name: of.server })}>{of.server}</TextLink>
          {line(of.line)}
        </>
      )
    case 'sub-agent':
      return (
        <>
          through <TextLink href={`/agents/${of.slug}`}>{of.slug}</TextLink>
        </>
      )
    case 'denied':
      return <>taken away by the file</>
  }
}

function PowerRow(props: { power: Power; definitionHref: string }) {
  const { power } = props
  const gone = power.source.is === 'denied'
  const off = gone && 'text-ink-3 line-through'
  return (
    <Tr>
      <Td className={clsx('max-w-[24ch] truncate font-mono text-mono', off)} title={power.name}>
        {gone ? <span className="sr-only">denied: </span> : null}
        {power.name}
      </Td>
      <Td className={clsx('max-sm:py-1.5', off)}>
        {power.reach}
        <span className="ml-2 whitespace-nowrap text-meta text-ink-3 no-underline max-md:hidden">
          {power.tag}
        </span>
      </Td>
      <Td quiet className="whitespace-nowrap max-sm:hidden">
        <Source of={power.source} definitionHref={props.definitionHref} />
      </Td>
      <Td>{gone ? null : <State kind="risk" is={power.risk} />}</Td>
    </Tr>
  )
}

/** What the definition lets the agent do: each power, how far it reaches, where it comes from. */
export function CapabilityTable(props: { powers: readonly Power[]; definitionHref: string }) {
  return (
    <Table caption="Capabilities">
      <TableHead>
        <Th>Capability</Th>
        <Th>Reach</Th>
        <Th className="max-sm:hidden">Source</Th>
        <Th>Risk</Th>
      </TableHead>
      <tbody>
        {props.powers.map((power, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: powers are in a fixed order, names repeat
          <PowerRow key={index} power={power} definitionHref={props.definitionHref} />
        ))}
      </tbody>
    </Table>
  )
}
