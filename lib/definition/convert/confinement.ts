import { baseName } from '../names'
import { toolFact } from '../tool-catalog'
import type { Agent, Report } from './model'

/**
 * A list of tools as a confinement of the whole agent, the nearest that products without such lists
 * have. It never grants less than the list; what it grants beyond is said first.
 */
export function confinementOf(
  agent: Agent,
  label: string,
  report: Report,
): 'read-only' | 'workspace-write' | null {
  const { tools, confinement } = agent
  if (tools === null) return confinement
  const changes = tools.some((tool) => {
    const fact = toolFact(baseName(tool), 'claude')
    return fact?.class === 'write' || fact?.class === 'execute'
  })
  const mode = changes ? 'workspace-write' : 'read-only'
  const list = tools.length === 0 ? 'none' : tools.join(', ')
  report({
    field: 'tools',
    severity: 'widened',
    before: list,
    after: mode,
    sentence: `${label} has no list of tools: instead of ${tools.length === 0 ? 'none' : 'these only'} the agent may use every tool, ${changes ? 'within the workspace' : 'as far as it changes nothing'}.`,
  })
  return mode
}
