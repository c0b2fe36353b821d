import type { JsonValue } from '../model'
import { baseName } from '../names'
import type { Agent, Extras, Format, Loss, LossSeverity, Report } from './model'
import { LOSS_SEVERITIES } from './model'

type Said = { severity: LossSeverity; sentence: (label: string, value: string) => string }

/** What it means that a format has no place for a part of an agent. */
const WITHOUT: Record<keyof Extras, Said> = {
  hooks: {
    severity: 'widened',
    sentence: (label) =>
      `${label} runs none of its hooks, so nothing checks or stops what they did.`,
  },
  confinement: {
    severity: 'widened',
    sentence: (label, value) => `${label} does not confine an agent; here it was ${value}.`,
  },
  disabled: {
    severity: 'widened',
    sentence: (label) => `The agent is switched off; in ${label} it would be on.`,
  },
  maxTurns: {
    severity: 'widened',
    sentence: (label, value) => `${label} does not end it after ${value} turns.`,
  },
  permissionMode: {
    severity: 'lost',
    sentence: (label, value) =>
      `${label} has no permission mode ${value}; it asks as the session asks.`,
  },
  mcpServers: {
    severity: 'narrowed',
    sentence: (label, value) => `${label} takes no MCP servers from here: ${value}.`,
  },
  mcpNames: {
    severity: 'narrowed',
    sentence: (label, value) => `${label} takes no MCP servers from here: ${value}.`,
  },
  skills: {
    severity: 'narrowed',
    sentence: (label, value) => `${label} gives it no skills: ${value}.`,
  },
  memory: { severity: 'narrowed', sentence: (label) => `${label} gives it no memory of its own.` },
  background: {
    severity: 'lost',
    sentence: (label) => `${label} does not start it in the background.`,
  },
  effort: { severity: 'lost', sentence: (label, value) => `${label} cannot say effort ${value}.` },
  temperature: {
    severity: 'lost',
    sentence: (label, value) => `${label} cannot say temperature ${value}.`,
  },
  color: { severity: 'lost', sentence: (label, value) => `${label} cannot show it in ${value}.` },
}

/** Modes that hold an agent back; losing one lets it do more. */
const HOLDS_BACK = new Set(['plan', 'dontAsk'])
const LETS_LOOSE = new Set(['bypassPermissions', 'acceptEdits', 'auto'])

/** Says every part of the agent for which the format has no place. */
export function reportMissing(agent: Agent, { label, holds }: Format, report: Report): void {
  for (const field of Object.keys(WITHOUT) as (keyof Extras)[]) {
    const value = agent[field]
    if (holds.includes(field) || isNothing(value)) continue
    const before = shown(value)
    const { severity, sentence } = WITHOUT[field]
    report({
      field,
      severity: field === 'permissionMode' ? modeSeverity(before) : severity,
      before,
      after: null,
      sentence: sentence(label, before),
    })
  }
}

function modeSeverity(mode: string): LossSeverity {
  return HOLDS_BACK.has(mode) ? 'widened' : LETS_LOOSE.has(mode) ? 'narrowed' : 'lost'
}

function isNothing(value: Agent[keyof Extras]): boolean {
  return value === null || value === false || (Array.isArray(value) && value.length === 0)
}

/** A value in few words: text as it is, a map by its keys. */
export function shown(value: JsonValue | undefined): string {
  if (value === undefined || value === null) return 'nothing'
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(shown).join(', ')
  return typeof value === 'object' ? Object.keys(value).join(', ') : String(value)
}

/**
 * The agent for a format without a list of what is denied: what is denied is not granted. Where
 * everything is granted that cannot be said, and is the worst that a conversion can lose.
 */
export function withoutDenied(agent: Agent, { label }: Format, report: Report): Agent {
  if (agent.denied.length === 0) return agent
  if (agent.tools === null) {
    const before = agent.denied.join(', ')
    report({
      field: 'disallowedTools',
      severity: 'widened',
      before,
      after: null,
      sentence: `${label} cannot deny single tools, so the agent may use ${before}.`,
    })
    return { ...agent, denied: [] }
  }
  const denies = (tool: string) =>
    agent.denied.some(
      (name) =>
        name === tool ||
        name === baseName(tool) ||
        (name.startsWith('mcp__') && tool.startsWith(`${name.replace(/__\*$/, '')}__`)),
    )
  return { ...agent, tools: agent.tools.filter((tool) => !denies(tool)), denied: [] }
}

/** Worst first, then by field. */
export function sorted(losses: readonly Loss[]): Loss[] {
  const rank = ({ severity }: Loss) => LOSS_SEVERITIES.indexOf(severity)
  return [...losses].sort(
    (a, b) => rank(a) - rank(b) || (a.field < b.field ? -1 : a.field > b.field ? 1 : 0),
  )
}
