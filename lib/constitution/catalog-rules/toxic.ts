import { capabilitiesOf } from '@/lib/definition/capabilities'
import { removeTool } from '@/lib/definition/edit'
import type { Capabilities, CapabilityTool, DefinitionContent } from '@/lib/definition/model'
import { patternOf } from '@/lib/definition/names'
import { toolFact } from '@/lib/definition/tool-catalog'
import { fieldFix, finding, shown } from '../evidence'
import type { CatalogAgent, ConstitutionContent } from '../model'
import { byName, catalogRule, file } from './make'

/** Together they let a stranger's text carry the team's data away (features F40). */
const LEGS = ['private', 'untrusted', 'outbound'] as const
type Leg = (typeof LEGS)[number]
const TITLES: Record<Leg, string> = {
  private: 'reads private data',
  untrusted: 'takes in text from strangers',
  outbound: 'can send data out',
}

const PRIVATE = ['Read', 'Grep', 'NotebookRead', 'LSP', 'ReadMcpResourceTool', 'Bash', 'PowerShell']
const UNTRUSTED = ['WebFetch', 'WebSearch']
const OUTBOUND = ['WebFetch', 'Bash', 'PowerShell']
/** What a limited shell can still send data with. */
const SENDS =
  /^\s*(?:\*|:)|\b(?:curl|wget|ssh|scp|rsync|nc|git|gh|npm|npx|pip|docker|python3?|node|sh|bash)\b/

/** What gives an agent each leg by itself: the first tool of the file that does. */
function ownLegs(
  definition: DefinitionContent,
  capabilities: Capabilities,
  constitution: ConstitutionContent,
): Map<Leg, string> {
  const legs = new Map<Leg, string>()
  const add = (leg: Leg, name: string) => {
    if (!legs.has(leg)) legs.set(leg, name)
  }
  for (const tool of capabilities.tools) {
    for (const leg of legsOf(tool, definition, constitution)) add(leg, tool.name)
  }
  const granted = new Set(capabilities.tools.map(({ base }) => base.split('/')[0]))
  for (const server of capabilities.mcpServers.filter((name) => !granted.has(name))) {
    for (const leg of serverLegs(server, null, constitution)) add(leg, server)
  }
  if (capabilities.inheritsAll && definition.format !== 'unknown') {
    const left = (names: readonly string[]) =>
      names.find((name) => !capabilities.denied.includes(name))
    const every: [Leg, string | undefined][] = [
      ['private', left(PRIVATE)],
      ['untrusted', left(UNTRUSTED)],
      ['outbound', left(OUTBOUND)],
    ]
    for (const [leg, name] of every) if (name) add(leg, `inherited ${name}`)
  }
  return legs
}

function legsOf(
  tool: CapabilityTool,
  { format }: DefinitionContent,
  constitution: ConstitutionContent,
): readonly Leg[] {
  if (tool.name.startsWith('mcp__')) {
    const [server = '', name = null] = tool.base.split('/')
    return serverLegs(server, name, constitution, tool.class)
  }
  const ours = toolFact(tool.base, format, constitution.tools)?.name ?? tool.base
  const pattern = patternOf(tool.name)
  const limited = pattern !== null && !(ours === 'WebFetch' ? false : SENDS.test(pattern))
  return [
    ...(PRIVATE.includes(ours) ? (['private'] as const) : []),
    ...(UNTRUSTED.includes(ours) ? (['untrusted'] as const) : []),
    ...(OUTBOUND.includes(ours) && !limited ? (['outbound'] as const) : []),
  ]
}

function serverLegs(
  server: string,
  tool: string | null,
  { mcpServers }: ConstitutionContent,
  otherwise: CapabilityTool['class'] = 'unclassified',
): readonly Leg[] {
  const known = mcpServers?.find((each) => each.name === server)
  const fact = known?.tools?.find((each) => each.name === tool) ?? known
  switch (fact?.class ?? otherwise) {
    case 'read':
      return ['private']
    case 'write':
      return ['outbound']
    case 'execute':
      return ['private', 'outbound']
    case 'delegate':
      return []
    // What nobody classified may be a stranger's text and a stranger's ear.
    default:
      return ['untrusted', 'outbound']
  }
}

type Node = { agent: CatalogAgent; capabilities: Capabilities; legs: Map<Leg, string> }
/** `via` leads one step towards whoever holds the leg itself; -1 there. */
type Reach = ReadonlyMap<number, number>

/**
 * Which agents come to a leg, by themselves or through those they may start: one search backwards
 * per leg. "Any agent" is a node of its own, so a bare `Task` costs one edge and not ten thousand.
 */
function reachOf(
  nodes: readonly Node[],
  starters: readonly (readonly number[])[],
  leg: Leg,
): Reach {
  const any = nodes.length
  const via = new Map<number, number>()
  const queue: number[] = []
  const visit = (index: number, from: number) => {
    if (via.has(index)) return
    via.set(index, from)
    queue.push(index)
  }
  nodes.forEach((node, index) => {
    if (node.legs.has(leg)) visit(index, -1)
  })
  for (let at = 0; at < queue.length; at++) {
    const index = queue[at] ?? 0
    for (const starter of starters[index] ?? []) visit(starter, index)
    if (index !== any) visit(any, index)
  }
  return via
}

function startersOf(nodes: readonly Node[]): number[][] {
  const known = byName(nodes.map(({ agent }) => agent))
  const indexOf = new Map(nodes.map(({ agent }, index) => [agent.slug, index]))
  const starters: number[][] = Array.from({ length: nodes.length + 1 }, () => [])
  nodes.forEach(({ capabilities }, index) => {
    for (const name of capabilities.subAgents) {
      const target = name === '*' ? nodes.length : indexOf.get(known.get(name)?.slug ?? '')
      if (target !== undefined) starters[target]?.push(index)
    }
  })
  return starters
}

const MAX_HOPS = 6

/** "Read", or "through courier, which holds WebFetch". */
function pathOf(nodes: readonly Node[], reach: Reach, { start, leg }: { start: number; leg: Leg }) {
  const hops: string[] = []
  let at = start
  while (hops.length < MAX_HOPS) {
    const next = reach.get(at) ?? -1
    if (next < 0) break
    at = next
    const slug = nodes[at]?.agent.slug
    if (slug !== undefined) hops.push(slug)
  }
  const tool = nodes[at]?.legs.get(leg) ?? 'a further agent'
  return hops.length === 0 ? tool : `through ${hops.join(', then ')}: ${tool}`
}

/** Private data, untrusted input and a way out meet in one agent (F40). */
export const toxicCombination = catalogRule({
  id: 'toxic-combination',
  severity: 'blocking',
  principle: 'access-control',
  title: 'Private data, text from strangers and a way out never meet.',
  page: {
    what: 'By its own tools, its MCP servers or the agents it may start, the agent reads private data, takes in text from strangers, and can send data out.',
    why: 'A stranger’s text can then tell the agent what to read and where to send it. Two of the three are harmless.',
    passes: [file('quay-planner', { tools: 'Read, WebSearch' })],
    fails: [
      file('quay-planner', { tools: 'Read, Agent(tide-reader)' }),
      file('tide-reader', { tools: 'WebFetch' }),
    ],
    fix: 'Take one of the three away, or hand that part to an agent that this one cannot start.',
  },
  check: (agents, { constitution }) => {
    const nodes = agents.map((agent): Node => {
      const capabilities = capabilitiesOf(agent.definition, constitution.tools)
      return { agent, capabilities, legs: ownLegs(agent.definition, capabilities, constitution) }
    })
    const starters = startersOf(nodes)
    const reach = LEGS.map((leg) => ({ leg, via: reachOf(nodes, starters, leg) }))
    return nodes.flatMap((node, start) => {
      if (!reach.every(({ via }) => via.has(start))) return []
      const legs = reach.map(({ leg, via }) => ({ leg, path: pathOf(nodes, via, { start, leg }) }))
      const words = legs.map(({ leg, path }) => `${TITLES[leg]} (${shown([path])})`)
      return [{ slug: node.agent.slug, finding: said(node, words) }]
    })
  },
})

function said({ agent, legs }: Node, words: readonly string[]) {
  const { definition } = agent
  const holds = new Set(legs.values())
  const at = definition.tools.entries.filter(({ name }) => holds.has(name))
  const untrusted = definition.tools.entries.find(({ name }) => name === legs.get('untrusted'))
  const last = definition.fields.find(({ key }) => key === 'name')
  return finding(toxicCombination, definition, {
    message: `It ${words[0]}, ${words[1]} and ${words[2]}.`,
    at: at.length > 0 ? at.map(({ range }) => range) : last ? [last.range] : [],
    fix: untrusted
      ? fieldFix(definition, `Remove ${untrusted.name}`, (header) =>
          removeTool(header, untrusted.name),
        )
      : {},
  })
}
