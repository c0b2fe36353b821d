import { capabilitiesOf } from '@/lib/definition/capabilities'
import { fieldRange, finding, shown } from '../evidence'
import { byName, catalogRule, file, grouped, named } from './make'

/** Hosts call agents by name; of two with one name one is never called (formats.md section 5). */
export const nameDuplicate = catalogRule({
  id: 'name-duplicate',
  severity: 'warning',
  principle: 'delegation',
  title: 'No two agents have the same name.',
  page: {
    what: 'Several agents of the catalog have the same name, apart from case and separators.',
    why: 'The host loads one of them, and nobody is told which.',
    passes: [file('quay-planner'), file('tide-reader')],
    fails: [file('quay-planner'), file('Quay Planner')],
    fix: 'Rename all but one, or retire them.',
  },
  check: (agents) => {
    const groups = grouped(agents, ({ definition }) => {
      const key = definition.name?.toLowerCase().replace(/[\s_-]+/g, '-') ?? ''
      return key === '' ? null : key
    })
    return [...groups.values()]
      .filter((group) => group.length > 1)
      .flatMap((group) =>
        group.map((agent) => ({
          slug: agent.slug,
          finding: finding(nameDuplicate, agent.definition, {
            message: `The name ${shown([agent.definition.name ?? ''])} is also that of ${named(group, agent)}.`,
            at: fieldRange(agent.definition, 'name'),
          }),
        })),
      )
  },
})

/** Agents that every host brings along. */
const BUILT_IN = new Set([
  '*',
  'general-purpose',
  'explore',
  'plan',
  'statusline-setup',
  'output-style-setup',
])

/** It may start an agent that is not here; whoever adds one of that name is started. */
export const subAgentUnknown = catalogRule({
  id: 'sub-agent-unknown',
  severity: 'warning',
  principle: 'delegation',
  title: 'Every agent that may be started exists.',
  page: {
    what: 'A tool list names a sub-agent that is not in the catalog.',
    why: 'The work is not handed over, or goes to whoever brings an agent of that name.',
    passes: [file('quay-planner', { tools: 'Read, Agent(tide-reader)' }), file('tide-reader')],
    fails: [file('quay-planner', { tools: 'Read, Agent(tide-reader)' })],
    fix: 'Correct the name, or import the agent.',
  },
  check: (agents) => {
    const known = byName(agents)
    return agents.flatMap((agent) => {
      const { subAgents, tools } = capabilitiesOf(agent.definition)
      const unknown = subAgents.filter(
        (name) => !known.has(name) && !BUILT_IN.has(name.toLowerCase()) && !name.includes(':'),
      )
      if (unknown.length === 0) return []
      const starter = tools.find(({ base }) => base === 'Agent' || base === 'Task')
      const place = agent.definition.tools.entries.find(({ name }) => name === starter?.name)
      return [
        {
          slug: agent.slug,
          finding: finding(subAgentUnknown, agent.definition, {
            message: `It may start what is not in the catalog: ${shown(unknown)}.`,
            at: place ? [place.range] : [],
          }),
        },
      ]
    })
  },
})
