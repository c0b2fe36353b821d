import { reachHref } from '@/components/agents/reach/place'
import { State } from '@/components/ui/state-shape'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { ReachSubject } from '@/lib/agents/model'
import type { Capabilities, RiskTier } from '@/lib/definition/model'

type Row = {
  name: string
  reach: string
  line: number | null
  source: string
  risk: RiskTier
  /** Whose reach can be asked for: what else has this. */
  also?: ReachSubject
}

const OPEN_MODES = ['bypassPermissions', 'dontAsk', 'auto']

/** Everything the definition grants as rows; what it does not say is named as inherited. */
export function capabilityRows(of: Capabilities): Row[] {
  const said = { line: null, source: 'explicit' }
  const inherited = { line: null, source: 'not in the file, inherited' }
  const mcp = new Set(
    of.tools.filter((t) => t.name.startsWith('mcp__')).map((t) => t.base.split('/')[0]),
  )
  return [
    ...(of.inheritsAll
      ? [
          {
            name: 'every tool',
            reach: 'inherits every tool of the session',
            risk: 'critical' as const,
            ...inherited,
          },
        ]
      : []),
    ...of.tools.map((tool) => ({
      name: tool.name,
      reach: tool.meaning,
      line: tool.line,
      source: 'explicit',
      risk: tool.risk,
      also: { kind: 'tool' as const, name: tool.base },
    })),
    ...of.mcpServers
      .filter((name) => !mcp.has(name))
      .map((name) => ({
        name,
        reach: 'reaches an MCP server',
        risk: 'high' as const,
        also: { kind: 'mcp' as const, name },
        ...said,
      })),
    ...(of.permissionMode
      ? [
          {
            name: of.permissionMode,
            reach: 'permission mode',
            risk: OPEN_MODES.includes(of.permissionMode) ? ('critical' as const) : ('low' as const),
            ...said,
          },
        ]
      : []),
    ...of.hooks.map((name) => ({
      name,
      reach: 'runs commands on events',
      risk: 'high' as const,
      ...said,
    })),
    ...of.skills.map((name) => ({
      name,
      reach: 'follows a skill',
      risk: 'medium' as const,
      also: { kind: 'skill' as const, name },
      ...said,
    })),
    {
      name: of.model ?? 'model',
      reach: of.model === null ? 'the model of the session' : 'model',
      risk: 'low' as const,
      ...(of.model === null ? inherited : said),
    },
  ]
}

/** What the definition lets the agent do: each power, how far it reaches, where it comes from. */
export function CapabilityTable(props: { capabilities: Capabilities; definitionHref: string }) {
  const { capabilities } = props
  return (
    <>
      <Table caption="Capabilities">
        <TableHead>
          <Th>Capability</Th>
          <Th>Reach</Th>
          <Th className="max-sm:hidden">Source</Th>
          <Th>Risk</Th>
        </TableHead>
        <tbody>
          {capabilityRows(capabilities).map((row) => (
            <Tr key={`${row.name} ${row.reach}`}>
              <Td className="max-w-[24ch] truncate font-mono text-mono" title={row.name}>
                {row.also ? (
                  <TextLink href={reachHref(row.also)} prefetch={false}>
                    {row.name}
                  </TextLink>
                ) : (
                  row.name
                )}
              </Td>
              <Td className="max-sm:py-1.5">{row.reach}</Td>
              <Td quiet className="max-sm:hidden">
                {row.source}
                {row.line === null ? null : (
                  <>
                    ,{' '}
                    <TextLink href={`${props.definitionHref}#L${row.line}`}>
                      line {row.line}
                    </TextLink>
                  </>
                )}
              </Td>
              <Td>
                <State kind="risk" is={row.risk} />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {capabilities.denied.length === 0 ? null : (
        <p className="pt-2 text-ink-2">
          Taken away by the file:{' '}
          <code className="text-mono">{capabilities.denied.join(', ')}</code>
        </p>
      )}
    </>
  )
}
