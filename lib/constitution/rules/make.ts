import type { Rule } from '../model'

/** A rule that is applied to the text by the checker: the usual kind. */
export function definitionRule(rule: Omit<Rule, 'moment' | 'kind'>): Rule {
  return { moment: 'definition', kind: 'automatic', ...rule }
}

type Parts = { fields?: Record<string, string | null>; body?: string; title?: string }

/** A whole definition for a rule's page: a small sound one with what differs. */
export function example({ fields = {}, body = '', title = 'Quay planner' }: Parts = {}): string {
  const all: Record<string, string | null> = {
    name: 'quay-planner',
    description: 'Plans berths and cranes. Use when a ship changes its arrival.',
    tools: 'Read, Grep',
    ...fields,
  }
  const header = Object.entries(all)
    .flatMap(([key, value]) => (value === null ? [] : [`${key}: ${value}\n`]))
    .join('')
  const text = body === '' ? '' : `\n${body.trim()}\n`
  return `---\n${header}---\n\n# ${title}\n\nSay which berth is free, and when.\n${text}`
}

/** The same, as a member of a governed family: with department, level and role. */
export function governedExample({ body = '', ...parts }: Parts = {}): string {
  const said = `## Department Classification\n\n**Department**: architecture\n**Role Type**: Design & Planning\n**Interaction Level**: Strategic\n\n${body}`
  return example({ ...parts, body: said })
}
