import picomatch from 'picomatch'
import type { Capabilities } from '@/lib/definition/model'
import type { GatedCommand, GateVerdict } from './model'
import { describeAll, refusedGit, ruleOf } from './tools/gated'
import { isTool, type ParsedCall, pathsOf } from './tools/register'
import { workspacePath } from './workspace/paths.mjs'

/**
 * Everything the gate may know about one call. Computed before it decides; plain data, so that a
 * stored decision can be repeated, and so that another policy engine can be put in its place.
 */
export type CallFacts = {
  tool: string
  /** Whether the runner has the tool and the arguments fit it; `sentence` when not. */
  valid: boolean
  sentence: string | null
  granted: boolean
  /** The grant has a pattern, such as `Bash(npm run:*)`, that this call does not fit. */
  outsideGrant: string | null
  /** Paths that lead out of the workspace. */
  outside: readonly string[]
  /** Commands that a script came to, in order; empty for other tools and before it was tried. */
  gated: readonly GatedCommand[]
  /** What the definition's own text forbids, quoted; never decides, always shown. */
  ownLimits: readonly string[]
}

export type GateDecision = {
  verdict: GateVerdict
  rule: string
  ruleVersion: number
  /** For people and, when denied, for the model. */
  sentence: string
  /** Slug of the principle that the rule serves. */
  principle: string | null
  notes: readonly string[]
}

/**
 * `permit` rules must have one that applies; a `forbid` that applies stops the call; an `ask` is a
 * forbid that a person's approval lifts, and nothing else does.
 */
type Rule = {
  id: string
  version: number
  effect: 'permit' | 'forbid' | 'ask'
  principle: string | null
  /** The sentence when the rule applies, else null. */
  applies: (facts: CallFacts) => string | null
}

const RULES: readonly Rule[] = [
  {
    id: 'tool-known',
    version: 1,
    effect: 'forbid',
    principle: 'input-output',
    applies: (facts) => (facts.valid ? null : (facts.sentence ?? 'The call cannot be read.')),
  },
  {
    id: 'tool-granted',
    version: 1,
    effect: 'permit',
    principle: 'access-control',
    applies: (facts) =>
      facts.granted ? `The approved definition grants ${facts.tool}, inside the copy.` : null,
  },
  {
    id: 'grant-pattern',
    version: 1,
    effect: 'forbid',
    principle: 'access-control',
    applies: (facts) =>
      facts.outsideGrant === null ? null : `The definition grants only ${facts.outsideGrant}.`,
  },
  {
    id: 'inside-workspace',
    version: 1,
    effect: 'forbid',
    principle: 'access-control',
    applies: (facts) =>
      facts.outside.length === 0 ? null : `${facts.outside.join(', ')} lies outside the workspace.`,
  },
  {
    id: 'no-hidden-programs',
    version: 1,
    effect: 'forbid',
    principle: 'git-approval',
    applies: (facts) => first(facts.gated, refusedGit),
  },
  {
    id: 'git-approval',
    version: 1,
    effect: 'ask',
    principle: 'git-approval',
    applies: (facts) => asks(facts, 'git-approval'),
  },
  {
    id: 'outbound-approval',
    version: 1,
    effect: 'ask',
    principle: 'access-control',
    applies: (facts) => asks(facts, 'outbound-approval'),
  },
]

function asks(facts: CallFacts, rule: string): string | null {
  const held = facts.gated.filter((command) => ruleOf(command) === rule)
  return held.length === 0
    ? null
    : describeAll(held)
        .map(({ sentence }) => sentence)
        .join(' ')
}

function first<In>(list: readonly In[], of: (item: In) => string | null): string | null {
  for (const item of list) {
    const found = of(item)
    if (found !== null) return found
  }
  return null
}

type Applied = { rule: Rule; sentence: string }
type Pass = { allowed: boolean; permits: Applied[]; stops: Applied[] }

/** One evaluation: allowed when something permits and nothing stops. */
function evaluate(facts: CallFacts, approved: boolean): Pass {
  const applied = RULES.flatMap((rule) => {
    const sentence = rule.applies(facts)
    return sentence === null ? [] : [{ rule, sentence }]
  })
  const permits = applied.filter(({ rule }) => rule.effect === 'permit')
  const stops = applied.filter(
    ({ rule }) => rule.effect === 'forbid' || (rule.effect === 'ask' && !approved),
  )
  return { allowed: permits.length > 0 && stops.length === 0, permits, stops }
}

/**
 * Decides about one call: allowed, held for people, or denied, with the rule and its sentence.
 * Evaluated twice: what an approval could never make right is denied at once, so that nobody is
 * asked in vain and an approval never grants more than the rules do; only then is it held. A rule
 * that fails counts as a denial. Same facts, same decision.
 */
export function decideCall(facts: CallFacts): GateDecision {
  try {
    const atBest = evaluate(facts, true)
    if (!atBest.allowed) return denied(facts, atBest.stops[0] ?? null)
    const now = evaluate(facts, false)
    const asking = now.stops[0]
    const permit = now.permits[0]
    if (asking !== undefined) return decision('held', facts, asking)
    return permit === undefined ? denied(facts, null) : decision('allowed', facts, permit)
  } catch {
    return notDecided(facts)
  }
}

function decision(verdict: GateVerdict, facts: CallFacts, applied: Applied): GateDecision {
  const { id, version, principle } = applied.rule
  const notes = facts.ownLimits.map((limit) => `The definition says of itself: “${limit}”.`)
  const { sentence } = applied
  return { verdict, rule: id, ruleVersion: version, sentence, principle, notes }
}

function denied(facts: CallFacts, applied: Applied | null): GateDecision {
  if (applied !== null) return decision('denied', facts, applied)
  const sentence = `The approved definition does not grant ${facts.tool}.`
  const rule: Rule = {
    ...{ id: 'tool-granted', version: 1, effect: 'permit', principle: 'access-control' },
    applies: () => null,
  }
  return decision('denied', facts, { rule, sentence })
}

function notDecided(facts: CallFacts): GateDecision {
  return {
    verdict: 'denied',
    rule: 'gate-error',
    ruleVersion: 1,
    sentence: `The gate could not decide about ${facts.tool}, so the answer is no.`,
    principle: null,
    notes: [],
  }
}

export type GateInput = {
  tool: string
  call: { ok: true; call: ParsedCall } | { ok: false; sentence: string }
  capabilities: Capabilities
  ownLimits: readonly string[]
  gated: readonly GatedCommand[]
}

/** Turns a call and what the pinned definition grants into facts. Globs and argv are judged here. */
export function factsOf(input: GateInput): CallFacts {
  const { tool, call, capabilities } = input
  const grants = capabilities.tools.filter((grant) => grant.base === tool)
  const takenAway = capabilities.denied.includes(tool)
  const paths = call.ok ? pathsOf(call.call) : []
  return {
    tool,
    valid: call.ok,
    sentence: call.ok ? null : call.sentence,
    granted: !takenAway && isTool(tool) && (capabilities.inheritsAll || grants.length > 0),
    outsideGrant: call.ok ? outsideGrant(call.call, grants, capabilities.inheritsAll) : null,
    outside: paths.filter((path) => workspacePath(path) === null),
    gated: input.gated,
    ownLimits: input.ownLimits,
  }
}

function outsideGrant(
  call: ParsedCall,
  grants: Capabilities['tools'],
  inheritsAll: boolean,
): string | null {
  if (inheritsAll || grants.length === 0) return null
  const fits = grants.some((grant) => {
    const pattern = /\((.*)\)$/.exec(grant.name)?.[1]
    return pattern === undefined || pattern === '*' || fitsPattern(call, pattern)
  })
  return fits ? null : grants.map((grant) => grant.name).join(', ')
}

/** Anything in a script that could start a second command makes a prefix meaningless. */
const SHELL_SYNTAX = /[;&|`$()<>\n\\{}]/

function fitsPattern(call: ParsedCall, pattern: string): boolean {
  if (call.tool === 'Bash') {
    const command = call.args.command.trim()
    if (SHELL_SYNTAX.test(command)) return false
    const prefix = /^(.*?):?\*$/.exec(pattern)?.[1]
    if (prefix === undefined) return command === pattern
    return command === prefix || command.startsWith(`${prefix} `)
  }
  const matches = picomatch(pattern.replace(/^\.?\//, ''), { dot: true })
  const paths = pathsOf(call).map((path) => workspacePath(path))
  return paths.length > 0 && paths.every((path) => path !== null && matches(path))
}
