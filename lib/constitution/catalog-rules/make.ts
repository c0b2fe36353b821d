import type { CatalogAgent, CatalogRule } from '../model'

export function catalogRule(rule: Omit<CatalogRule, 'moment' | 'kind'>): CatalogRule {
  return { moment: 'definition', kind: 'automatic', ...rule }
}

/** Agents by their slug and by the name in their file; the first one keeps a name that two have. */
export function byName(agents: readonly CatalogAgent[]): ReadonlyMap<string, CatalogAgent> {
  const found = new Map<string, CatalogAgent>()
  for (const agent of agents) found.set(agent.slug, agent)
  for (const agent of agents) {
    const { name } = agent.definition
    if (name !== null && !found.has(name)) found.set(name, agent)
  }
  return found
}

/** Agents by a key; those without one are left out. */
export function grouped(
  agents: readonly CatalogAgent[],
  keyOf: (agent: CatalogAgent) => string | null,
): Map<string, CatalogAgent[]> {
  const groups = new Map<string, CatalogAgent[]>()
  for (const agent of agents) {
    const key = keyOf(agent)
    if (key === null) continue
    const group = groups.get(key)
    if (group) group.push(agent)
    else groups.set(key, [agent])
  }
  return groups
}

/** The slugs of a group but one, at most six: a sentence names no more. */
export function others(group: readonly CatalogAgent[], own: CatalogAgent): string[] {
  const found: string[] = []
  for (const { slug } of group) {
    if (slug !== own.slug) found.push(slug)
    if (found.length === 6) break
  }
  return found
}

/** "a, b and 7 more", of a group that may be large. */
export function named(group: readonly CatalogAgent[], own: CatalogAgent): string {
  const shown = others(group, own).slice(0, 5)
  const rest = group.length - 1 - shown.length
  return rest > 0 ? `${shown.join(', ')} and ${rest} more` : shown.join(', ')
}

type Parts = { tools?: string; body?: string; description?: string }

/** One file of a rule's page. */
export function file(name: string, { tools = 'Read', body = '', description }: Parts = {}): string {
  const said = description ?? `Plans ${name}.`
  return `---\nname: ${name}\ndescription: ${said}\ntools: ${tools}\n---\n\n# ${name}\n\nPlan.\n${body === '' ? '' : `\n${body}\n`}`
}
export const GOVERNED =
  '**Department**: operations\n**Role Type**: DevOps and Monitoring\n**Interaction Level**: Operational\n'
