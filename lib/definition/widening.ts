import semver from 'semver'
import { riskOf } from './capabilities'
import { rowsBetween, sideOf } from './change-rows'
import type {
  Capabilities,
  CapabilityChange,
  CapabilityRow,
  ChangeDirection,
  Definition,
  DefinitionContent,
  RiskTier,
  VersionBump,
} from './model'
import { plainText } from './plain'

const RANK: Record<RiskTier, number> = { low: 0, medium: 1, high: 2, critical: 3 }
const MAX_NAME = 80

/**
 * What changes between two definitions, computed from both and never from what the author says.
 * `before` null: everything is new. `widening` adds capability, `narrowing` takes some away, `mixed`
 * does both, `prose` changes words only, `none` is the same bytes. Swapping the two definitions
 * swaps widening and narrowing, except that a hook widens when it comes and when it goes.
 */
export function compareDefinitions(before: Definition | null, after: Definition): CapabilityChange {
  const [old, now] = [sideOf(before), sideOf(after)]
  const same = before !== null && before.digest === after.digest
  const rows = same ? [] : rowsBetween(old, now).sort(worstFirst)
  const routingChanged = before !== null && before.description !== after.description
  const direction = directionOf(rows, same)
  const name = plainText((after.name ?? before?.name ?? 'this agent').trim().slice(0, MAX_NAME))
  return {
    direction,
    rows,
    tierBefore: before ? riskOf(old.capabilities).tier : null,
    tierAfter: riskOf(now.capabilities).tier,
    routingChanged,
    bump: bumpOf(direction, rows, routingChanged),
    sentence: same ? 'The same bytes.' : sentenceOf(before ? rows : gains(rows), routingChanged),
    title:
      before === null
        ? firstTitle(name, now.capabilities)
        : titleOf(rows, { name, routingChanged, same }),
  }
}

/** Widening first, then the riskier, then by name. */
function worstFirst(a: CapabilityRow, b: CapabilityRow): number {
  const rank = (row: CapabilityRow) =>
    ({ widens: 0, neutral: 8, narrows: 4 })[row.direction] + (3 - RANK[row.risk])
  return rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
}

function directionOf(rows: readonly CapabilityRow[], same: boolean): ChangeDirection {
  const widens = rows.some((row) => row.direction === 'widens')
  const narrows = rows.some((row) => row.direction === 'narrows')
  if (widens && narrows) return 'mixed'
  if (widens) return 'widening'
  if (narrows) return 'narrowing'
  return same ? 'none' : 'prose'
}

/**
 * The rule for version numbers: major when it may do more (widening or mixed), minor when it may do
 * less, behaves differently or is chosen differently, patch when only words changed.
 */
function bumpOf(
  direction: ChangeDirection,
  rows: readonly CapabilityRow[],
  routingChanged: boolean,
): VersionBump {
  if (direction === 'widening' || direction === 'mixed') return 'major'
  return rows.length > 0 || routingChanged ? 'minor' : 'patch'
}

function sentenceOf(rows: readonly CapabilityRow[], routingChanged: boolean): string {
  const gained = rows.filter((row) => row.direction === 'widens')
  const lost = rows.filter((row) => row.direction === 'narrows')
  const parts = [
    gained.length > 0 ? `Now ${listed(gained.map((row) => row.meaning))}.` : '',
    ...lost.filter(isLimited).map((row) => `${row.before} becomes ${row.after}.`),
    phrase(
      'No longer',
      lost.filter((row) => !isLimited(row)),
    ),
    rows.some((row) => row.name === 'model') ? 'Changes the model.' : '',
    routingChanged ? 'Changes when it is chosen.' : '',
  ]
  const said = parts.filter((part) => part !== '').join(' ')
  return said === '' ? 'Changes no capability.' : said
}

/** Of a first version only what it may do is news. */
function gains(rows: readonly CapabilityRow[]): CapabilityRow[] {
  return rows.filter((row) => row.direction === 'widens')
}

function isLimited(row: CapabilityRow): boolean {
  return row.op === '~' && row.before !== undefined && row.after !== undefined
}

function phrase(start: string, rows: readonly CapabilityRow[]): string {
  return rows.length === 0 ? '' : `${start} ${listed(rows.map((row) => row.meaning))}.`
}

type Titled = { name: string; routingChanged: boolean; same: boolean }

function titleOf(rows: readonly CapabilityRow[], { name, routingChanged, same }: Titled): string {
  if (same) return `Nothing changes in ${name}`
  const widened = rows.filter((row) => row.direction === 'widens')
  const added = widened.filter((row) => row.op === '+').map((row) => row.name)
  const [worst] = widened
  if (worst && worst.op === '~') {
    return `Widens ${worst.name} of ${name}${added.length > 0 ? `, adds ${listed(added)}` : ''}`
  }
  if (added.length > 0) return `Adds ${listed(added)} to ${name}`
  const fallen = widened.filter((row) => row.op === '-').map((row) => row.name)
  if (fallen.length > 0) return `Takes ${listed(fallen)} from ${name}`
  const narrowed = rows.filter((row) => row.direction === 'narrows')
  const denied = narrowed.filter((row) => row.op === '+').map((row) => row.name)
  if (denied.length > 0) return `Adds ${listed(denied)} to ${name}`
  const removed = narrowed.filter((row) => row.op === '-').map((row) => row.name)
  if (removed.length > 0) return `Removes ${listed(removed)} from ${name}`
  if (narrowed.length > 0) return `Limits ${listed(narrowed.map((row) => row.name))} of ${name}`
  const [neutral] = rows
  if (neutral) return `Changes ${neutral.name === 'model' ? 'the model' : neutral.name} of ${name}`
  return routingChanged ? `Changes when ${name} is chosen` : `Rewords ${name}`
}

function firstTitle(name: string, now: Capabilities): string {
  if (now.inheritsAll) return `First version of ${name}, inheriting every tool`
  const risky = now.tools.filter((tool) => RANK[tool.risk] >= RANK.high).map((tool) => tool.name)
  return risky.length > 0
    ? `First version of ${name}, with ${listed(risky)}`
    : `First version of ${name}`
}

const LISTED = 3

/** "a, b and c"; beyond three, "a, b, c and 2 more". The same phrase is said once. */
function listed(all: readonly string[]): string {
  const words = [...new Set(all)]
  const shown = words.slice(0, LISTED)
  const rest = words.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`
}

/**
 * The number of the next version: above everything published and above every number that an
 * imported history claims, so that nobody can mistake one for the other. 1.0.0 where there is
 * neither (semver 2.0.0; requirement S80). Text that is no version is ignored.
 */
export function nextVersion(
  published: readonly string[],
  importedClaims: readonly string[],
  bump: VersionBump,
): string {
  const known = [...published, ...importedClaims]
    .map((text) => semver.valid(text.trim()) ?? semver.valid(semver.coerce(text)))
    .filter((version) => version !== null)
  const [highest] = known.sort(semver.rcompare)
  if (highest === undefined) return '1.0.0'
  const next = semver.inc(highest, bump)
  // A number at the edge of what semver can count has no successor; the highest major has room.
  return next ?? highest
}

/** Fields whose value differs, by key, and `body` when the text below them does. */
export function touchedFields(
  before: DefinitionContent | null,
  after: DefinitionContent,
): string[] {
  const values = (definition: DefinitionContent | null) =>
    new Map(definition?.fields.map((field) => [field.key, JSON.stringify(field.value)]) ?? [])
  const [old, now] = [values(before), values(after)]
  const keys = [...new Set([...old.keys(), ...now.keys()])]
  const body = (definition: DefinitionContent | null) =>
    definition?.text.slice(definition.body.range.start, definition.body.range.end)
  const touched = keys.filter((key) => old.get(key) !== now.get(key))
  return body(before) === body(after) ? touched : [...touched, 'body']
}
