import { asksLess } from '@/lib/approvals/rules'
import {
  type ConstitutionContent,
  type DepartmentPolicy,
  FINDING_SEVERITIES,
  MODEL_USES,
  POLICY_VERDICTS,
  type Principle,
} from './model'

/** One thing that differs between two constitutions, in a sentence. */
export type ConstitutionChange = {
  part: ConstitutionPart
  sentence: string
  /** True when it lets agents do more, or asks less of them. */
  loosens: boolean
}
export type ConstitutionPart =
  | 'principles'
  | 'policy'
  | 'tools'
  | 'models'
  | 'servers'
  | 'keywords'
  | 'sections'
  | 'reviews'
  | 'approvals'

type Both = { before: ConstitutionContent; after: ConstitutionContent }

/** What one constitution changes about another, in the order of its pages. Prose alone is told too. */
export function changesBetween(
  before: ConstitutionContent,
  after: ConstitutionContent,
): ConstitutionChange[] {
  const both = { before, after }
  return [
    ...principleChanges(both),
    ...policyChanges(both),
    ...entryChanges('tools', before.tools, after.tools, {
      name: (one) => one.name,
      looser: (old, now) => rank(RISKS, now.risk) < rank(RISKS, old.risk),
      added: true,
    }),
    ...entryChanges('models', before.models, after.models, {
      name: (one) => one.name,
      looser: (old, now) => rank(MODEL_USES, now.use) < rank(MODEL_USES, old.use),
      added: true,
    }),
    ...serverChanges(both),
    ...entryChanges('keywords', before.domains, after.domains, {
      name: (one) => `the subject ${one.title}`,
      looser: () => false,
      added: false,
    }),
    ...sectionChanges(both),
    ...reviewChanges(both),
    ...entryChanges('approvals', before.approvals, after.approvals, {
      name: (one) => `the approval rule ${one.id}`,
      looser: asksLess,
      added: false,
      dropped: true,
    }),
  ]
}

const RISKS = ['low', 'medium', 'high', 'critical'] as const
const rank = <T>(order: readonly T[], one: T) => order.indexOf(one)
const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b)

function principleChanges({ before, after }: Both): ConstitutionChange[] {
  const changes: ConstitutionChange[] = []
  const say = (sentence: string, loosens = false) =>
    changes.push({ part: 'principles', sentence, loosens })
  if (before.title !== after.title) say(`The title becomes “${after.title}”.`)
  const now = new Map(after.principles.map((one) => [one.slug, one]))
  const old = new Map(before.principles.map((one) => [one.slug, one]))
  for (const one of before.principles) if (!now.has(one.slug)) say(`Drops ${one.slug}.`, true)
  for (const one of after.principles) {
    const was = old.get(one.slug)
    if (!was) say(`Adds ${one.slug}${one.critical ? ', critical' : ''}.`)
    else for (const part of onePrinciple(was, one)) say(...part)
  }
  return changes
}

function onePrinciple(was: Principle, now: Principle): [sentence: string, loosens: boolean][] {
  const parts: [string, boolean][] = []
  const { slug } = now
  if (was.title !== now.title) parts.push([`Calls ${slug} “${now.title}”.`, false])
  if (was.group !== now.group) {
    parts.push([`Moves ${slug} from ${was.group} to ${now.group}.`, was.group === 'immutable'])
  }
  if (was.critical !== now.critical) {
    parts.push([`${slug} is ${now.critical ? 'now' : 'no longer'} critical.`, was.critical])
  }
  if (was.severity !== now.severity) {
    const looser = rank(FINDING_SEVERITIES, now.severity) > rank(FINDING_SEVERITIES, was.severity)
    parts.push([`Leaving out ${slug} is ${now.severity}, was ${was.severity}.`, looser])
  }
  if (was.text !== now.text) parts.push([`Rewords ${slug}.`, false])
  return parts
}

function policyChanges({ before, after }: Both): ConstitutionChange[] {
  const changes: ConstitutionChange[] = []
  const say = (sentence: string, loosens = false) =>
    changes.push({ part: 'policy', sentence, loosens })
  const now = new Map(after.departments.map((one) => [one.department, one]))
  const old = new Map(before.departments.map((one) => [one.department, one]))
  for (const one of before.departments) {
    if (!now.has(one.department)) say(`Drops the policy of ${one.title}.`, true)
  }
  for (const one of after.departments) {
    const was = old.get(one.department)
    if (!was) say(`Adds a policy for ${one.title}.`)
    else for (const part of oneDepartment(was, one)) say(...part)
  }
  return changes
}

function oneDepartment(was: DepartmentPolicy, now: DepartmentPolicy) {
  const parts: [sentence: string, loosens: boolean][] = []
  const verdict = (name: string, from: string | undefined, to: string | undefined) => {
    // A tool that is not listed is conditional.
    const [a, b] = [
      from ?? 'conditional',
      to ?? 'conditional',
    ] as (typeof POLICY_VERDICTS)[number][]
    if (a === b) return
    const looser = rank(POLICY_VERDICTS, b) < rank(POLICY_VERDICTS, a)
    parts.push([`${now.title}: ${name} ${b ?? ''}, was ${a ?? ''}.`, looser])
  }
  for (const name of new Set([...Object.keys(was.tools), ...Object.keys(now.tools)])) {
    verdict(name, was.tools[name], now.tools[name])
  }
  verdict('MCP', was.mcp, now.mcp)
  for (const [what, from, to] of [
    ['servers without a reason', was.mcpServers, now.mcpServers],
    ['role types', was.roleTypes, now.roleTypes],
    ['levels', was.levels, now.levels],
  ] as const) {
    const { added, removed } = membership(from, to)
    if (added.length + removed.length > 0) {
      parts.push([`${now.title}: ${what} ${plusMinus(added, removed)}.`, added.length > 0])
    }
  }
  if (was.title !== now.title) parts.push([`${was.title} is called ${now.title}.`, false])
  return parts
}

function serverChanges({ before, after }: Both): ConstitutionChange[] {
  if ((before.mcpServers === null) !== (after.mcpServers === null)) {
    const kept = after.mcpServers !== null
    const sentence = kept
      ? `A list of MCP servers is kept: ${after.mcpServers?.length ?? 0} are known.`
      : 'No list of MCP servers is kept any more.'
    return [{ part: 'servers', sentence, loosens: !kept }]
  }
  return entryChanges('servers', before.mcpServers ?? [], after.mcpServers ?? [], {
    name: (one) => one.name,
    looser: (old, now) =>
      rank(RISKS, now.risk) < rank(RISKS, old.risk) ||
      (now.tools?.length ?? 0) > (old.tools?.length ?? 0),
    added: true,
  })
}

function sectionChanges({ before, after }: Both): ConstitutionChange[] {
  const one = (what: string, from: readonly string[], to: readonly string[]) => {
    const { added, removed } = membership(from, to)
    if (added.length + removed.length === 0) return []
    const sentence = `${what}: ${plusMinus(added, removed)}.`
    return [{ part: 'sections' as const, sentence, loosens: removed.length > 0 }]
  }
  return [
    ...one('Required sections', before.requiredSections, after.requiredSections),
    ...one('Phrases that say nothing', before.fillers, after.fillers),
  ]
}

function reviewChanges({ before, after }: Both): ConstitutionChange[] {
  const [was, now] = [before.reviews, after.reviews]
  const changes = RISKS.flatMap((tier) => {
    const [from, to] = [was.months[tier], now.months[tier]]
    if (from === to) return []
    const sentence = `Reviews at ${tier} risk every ${to} months, were every ${from}.`
    return [{ part: 'reviews' as const, sentence, loosens: to > from }]
  })
  if (was.graceDays !== now.graceDays) {
    const sentence = `${now.graceDays} days of grace, were ${was.graceDays}.`
    changes.push({ part: 'reviews', sentence, loosens: now.graceDays > was.graceDays })
  }
  return changes
}

/** Entries of a table by name: which came, which went, which say something else. */
function entryChanges<T>(
  part: ConstitutionPart,
  before: readonly T[],
  after: readonly T[],
  how: {
    name: (one: T) => string
    looser: (old: T, now: T) => boolean
    added: boolean
    dropped?: boolean
  },
): ConstitutionChange[] {
  const old = new Map(before.map((one) => [how.name(one), one]))
  const now = new Map(after.map((one) => [how.name(one), one]))
  const changes: ConstitutionChange[] = []
  for (const name of old.keys()) {
    if (!now.has(name))
      changes.push({ part, sentence: `Drops ${name}.`, loosens: how.dropped === true })
  }
  for (const [name, one] of now) {
    const was = old.get(name)
    if (was === undefined) changes.push({ part, sentence: `Adds ${name}.`, loosens: how.added })
    else if (!same(was, one)) {
      const sentence = `Changes ${name}: ${fieldsOf(was, one)}.`
      changes.push({ part, sentence, loosens: how.looser(was, one) })
    }
  }
  return changes
}

function fieldsOf<T>(was: T, now: T): string {
  const [old, next] = [was, now] as Record<string, unknown>[]
  return Object.keys(next ?? {})
    .filter((key) => !same(old?.[key], next?.[key]))
    .map((key) => {
      const [from, to] = [old?.[key], next?.[key]]
      if (Array.isArray(from) && Array.isArray(to)) {
        const { added, removed } = membership(from.map(nameOf), to.map(nameOf))
        return `${key} ${plusMinus(added, removed) || 'in another order'}`
      }
      return typeof to === 'string' || typeof to === 'number'
        ? `${key} ${to}, was ${String(from)}`
        : key
    })
    .join('; ')
}

const nameOf = (one: unknown): string =>
  typeof one === 'string' ? one : String((one as { name?: unknown } | null)?.name ?? '')

function membership(from: readonly string[], to: readonly string[]) {
  return {
    added: to.filter((one) => !from.includes(one)),
    removed: from.filter((one) => !to.includes(one)),
  }
}

const SHOWN = 6
function plusMinus(added: readonly string[], removed: readonly string[]): string {
  const some = (sign: string, all: readonly string[]) => {
    if (all.length === 0) return []
    const more = all.length > SHOWN ? ` and ${all.length - SHOWN} more` : ''
    return [`${sign} ${all.slice(0, SHOWN).join(', ')}${more}`]
  }
  return [...some('adds', added), ...some('drops', removed)].join(', ')
}

/**
 * Why a draft may not be proposed; empty when it may. What people once agreed to call immutable
 * stays as it is, and a critical mark stays (requirement S39). The shipped rulebook binds nobody: a
 * team's first constitution may replace it as a whole.
 */
export function whyNotProposable(
  inForce: { content: ConstitutionContent; shipped: boolean; labels: readonly string[] },
  next: ConstitutionContent,
): string[] {
  const why: string[] = []
  if (inForce.labels.includes(next.label)) {
    why.push(`${next.label} is taken. Give this constitution a label of its own.`)
  }
  if (inForce.shipped) return why
  const now = new Map(next.principles.map((one) => [one.slug, one]))
  for (const was of inForce.content.principles) {
    const one = now.get(was.slug)
    if (was.group === 'immutable' && (one?.group !== 'immutable' || one.text !== was.text)) {
      why.push(`${was.slug} is immutable: it can be neither reworded, moved nor dropped.`)
    } else if (was.critical && !one?.critical) {
      why.push(`${was.slug} is critical: the mark can be given, never taken.`)
    }
  }
  return why
}

/** The label that follows another: the next minor number, or the same with a mark. */
export function nextLabel(label: string): string {
  const [, major, minor] = /^v?(\d{1,6})\.(\d{1,6})\.\d{1,6}$/.exec(label) ?? []
  return major === undefined ? `${label.slice(0, 35)}-next` : `${major}.${Number(minor) + 1}.0`
}
