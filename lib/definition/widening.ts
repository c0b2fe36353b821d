import semver from 'semver'
import { capabilitiesOf, riskOf } from './capabilities'
import type {
  Capabilities,
  CapabilityChange,
  CapabilityRow,
  CapabilityTool,
  ChangeDirection,
  Definition,
  RiskTier,
  VersionBump,
} from './model'

const RANK: Record<RiskTier, number> = { low: 0, medium: 1, high: 2, critical: 3 }

/**
 * What changes between two definitions, computed from both, never from what the author says.
 * `before` null: everything is new. A row widens when it lets the agent do more than before.
 */
export function compareDefinitions(before: Definition | null, after: Definition): CapabilityChange {
  const now = capabilitiesOf(after)
  const old = before ? capabilitiesOf(before) : null
  const rows = old ? rowsBetween(old, now) : rowsBetween(NOTHING, now)
  const tierBefore = old ? riskOf(old).tier : null
  const routingChanged = before !== null && before.description !== after.description
  const direction = directionOf(rows, before === null || before.digest !== after.digest)
  const name = after.name ?? 'this agent'
  return {
    direction,
    rows,
    tierBefore,
    tierAfter: riskOf(now).tier,
    routingChanged,
    bump: bumpOf(direction, rows, { first: before === null, routingChanged }),
    sentence: sentenceOf(rows, routingChanged),
    title: before === null ? firstTitle(name, now) : titleOf(rows, { name, routingChanged }),
  }
}

const NOTHING: Capabilities = {
  tools: [],
  denied: [],
  inheritsAll: false,
  model: null,
  permissionMode: null,
  mcpServers: [],
  subAgents: [],
  hooks: [],
  skills: [],
}

function rowsBetween(old: Capabilities, now: Capabilities): CapabilityRow[] {
  return [
    ...inheritance(old, now),
    ...toolRows(old, now),
    ...nameRows(old.mcpServers, now.mcpServers, { meaning: 'reaches an MCP server', risk: 'high' }),
    ...nameRows(old.hooks, now.hooks, { meaning: 'runs commands on events', risk: 'high' }),
    ...nameRows(old.skills, now.skills, { meaning: 'follows a skill', risk: 'medium' }),
    ...valueRow('model', old.model, now.model),
    ...modeRow(old.permissionMode, now.permissionMode),
  ].sort((a, b) => rowRank(a) - rowRank(b) || (a.name < b.name ? -1 : 1))
}

/** Widening first, then the riskier. */
function rowRank(row: CapabilityRow): number {
  const direction = { widens: 0, narrows: 10, neutral: 5 }[row.direction]
  return direction + (3 - RANK[row.risk])
}

function inheritance(old: Capabilities, now: Capabilities): CapabilityRow[] {
  if (old.inheritsAll === now.inheritsAll) return []
  const meaning = 'inherits every tool of the session'
  return [
    {
      op: now.inheritsAll ? '+' : '-',
      name: 'all tools',
      direction: now.inheritsAll ? 'widens' : 'narrows',
      meaning,
      risk: 'critical',
    },
  ]
}

/** With everything inherited before, naming a tool adds nothing; taking the name away, neither. */
function toolRows(old: Capabilities, now: Capabilities): CapabilityRow[] {
  const had = new Map(old.tools.map((tool) => [tool.name, tool]))
  const has = new Map(now.tools.map((tool) => [tool.name, tool]))
  const added = now.tools.filter((tool) => !had.has(tool.name))
  const removed = old.tools.filter((tool) => !has.has(tool.name))
  return [
    ...added.map((tool) => toolRow('+', tool, old.inheritsAll ? 'neutral' : 'widens')),
    ...removed.map((tool) => toolRow('-', tool, now.inheritsAll ? 'neutral' : 'narrows')),
    ...nameRows(now.denied, old.denied, { meaning: 'was denied before', risk: 'medium' }),
  ]
}

function toolRow(
  op: '+' | '-',
  tool: CapabilityTool,
  direction: CapabilityRow['direction'],
): CapabilityRow {
  return { op, name: tool.name, direction, meaning: tool.meaning, risk: tool.risk }
}

function nameRows(
  old: readonly string[],
  now: readonly string[],
  fact: { meaning: string; risk: RiskTier },
): CapabilityRow[] {
  const row = (op: '+' | '-', name: string, direction: CapabilityRow['direction']) => ({
    ...{ op, name, direction },
    ...fact,
  })
  return [
    ...now.filter((name) => !old.includes(name)).map((name) => row('+', name, 'widens')),
    ...old.filter((name) => !now.includes(name)).map((name) => row('-', name, 'narrows')),
  ]
}

/** Another model is another behaviour, not more power. */
function valueRow(name: string, before: string | null, after: string | null): CapabilityRow[] {
  if (before === after) return []
  return [
    {
      op: before === null ? '+' : after === null ? '-' : '~',
      name,
      direction: 'neutral',
      meaning: `${before ?? 'inherited'} → ${after ?? 'inherited'}`,
      risk: 'low',
      ...(before === null ? {} : { before }),
      ...(after === null ? {} : { after }),
    },
  ]
}

const OPENNESS: Record<string, number> = {
  plan: 0,
  default: 1,
  acceptEdits: 2,
  auto: 3,
  dontAsk: 3,
  bypassPermissions: 4,
}

function modeRow(before: string | null, after: string | null): CapabilityRow[] {
  if (before === after) return []
  const level = (mode: string | null) => OPENNESS[mode ?? 'default'] ?? 4
  const step = level(after) - level(before)
  const [row] = valueRow('permission mode', before, after)
  if (!row) return []
  const direction = step > 0 ? 'widens' : step < 0 ? 'narrows' : 'neutral'
  return [{ ...row, direction, risk: step > 0 ? 'critical' : 'medium' }]
}

function directionOf(rows: readonly CapabilityRow[], bytesDiffer: boolean): ChangeDirection {
  const widens = rows.some((row) => row.direction === 'widens')
  const narrows = rows.some((row) => row.direction === 'narrows')
  if (widens && narrows) return 'mixed'
  if (widens) return 'widening'
  if (narrows) return 'narrowing'
  return bytesDiffer ? 'prose' : 'none'
}

/** Major when it may do more; minor when it behaves or is chosen differently; patch for wording. */
function bumpOf(
  direction: ChangeDirection,
  rows: readonly CapabilityRow[],
  change: { first: boolean; routingChanged: boolean },
): VersionBump {
  if (change.first) return 'major'
  if (direction === 'widening' || direction === 'mixed') return 'major'
  return rows.length > 0 || change.routingChanged ? 'minor' : 'patch'
}

function sentenceOf(rows: readonly CapabilityRow[], routingChanged: boolean): string {
  const parts = [
    phrase(
      'Gains',
      rows.filter((row) => row.direction === 'widens'),
    ),
    phrase(
      'Loses',
      rows.filter((row) => row.direction === 'narrows'),
    ),
    rows.some((row) => row.name === 'model') ? 'Changes the model.' : '',
    routingChanged ? 'Changes when it is chosen.' : '',
  ].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(' ') : 'Changes no capability.'
}

function phrase(verb: string, rows: readonly CapabilityRow[]): string {
  if (rows.length === 0) return ''
  return `${verb} ${listed(rows.map((row) => `${row.name} (${row.meaning})`))}.`
}

function titleOf(
  rows: readonly CapabilityRow[],
  change: { name: string; routingChanged: boolean },
): string {
  const gained = rows.filter((row) => row.direction === 'widens').map((row) => row.name)
  const lost = rows.filter((row) => row.direction === 'narrows').map((row) => row.name)
  if (gained.length > 0) return `Adds ${listed(gained)} to ${change.name}`
  if (lost.length > 0) return `Takes ${listed(lost)} from ${change.name}`
  if (rows.some((row) => row.name === 'model')) return `Changes the model of ${change.name}`
  if (change.routingChanged) return `Changes when ${change.name} is chosen`
  return `Prose only, ${change.name}`
}

function firstTitle(name: string, now: Capabilities): string {
  if (now.inheritsAll) return `First version of ${name}, inheriting every tool`
  const risky = now.tools.filter((tool) => RANK[tool.risk] >= RANK.high).map((tool) => tool.name)
  return risky.length > 0
    ? `First version of ${name}, with ${listed(risky)}`
    : `First version of ${name}`
}

const LISTED = 3
function listed(names: readonly string[]): string {
  const shown = names.slice(0, LISTED)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/**
 * The number of the next version: above everything published, and above every number that an
 * imported history claims, so that nobody can mistake one for the other. 1.0.0 where there is
 * neither (semver 2.0.0; requirement S80).
 */
export function nextVersion(
  published: readonly string[],
  importedClaims: readonly string[],
  bump: VersionBump,
): string {
  const known = [...published, ...importedClaims]
    .map((text) => semver.valid(semver.coerce(text)))
    .filter((version) => version !== null)
  const highest = known.sort(semver.rcompare)[0]
  if (highest === undefined) return '1.0.0'
  return semver.inc(highest, bump) ?? '1.0.0'
}
