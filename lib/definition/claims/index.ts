import type { Lines } from '../lines'
import type { Tree } from '../markdown'
import type { Section, TextRange } from '../model'
import { constitutionOf } from './constitution'
import { type Body, type Labelled, labelsOf, leavesOf, listOf, partOf, textOf } from './leaves'
import { type ClaimedText, type Claims, NO_CLAIMS } from './model'
import { claimedMcp, claimedNames } from './names'
import { principlesOf } from './principles'
import { auditOf, escalationOf, targetsOf } from './standards'
import {
  authoritiesOf,
  competenciesOf,
  handoffOf,
  mandatesOf,
  memoryOf,
  modelStatementsOf,
  personaOf,
  titleOf,
} from './structure'
import { historyRows } from './tables'

export { plainTitle } from './leaves'

/** Words of labels that a body claims with; 98 % of files have none of them. */
const LABELS =
  /\b(?:department|role type|interaction level|constitution|review schedule|(?:last|next) review|version|created|last (?:modified|updated))\b/i
const AUTHORISED = /^(?:authori[sz]ed|allowed|permitted) tools$/
const MCP = /^mcp (?:server )?access$/
const RESTRICTED = /^restricted operations$/
const HISTORY = /^(?:(?:update|change|version|revision) (?:history|log)|change ?log)$/
const GUIDELINES = /^department(?:al)?(?: specific)? guidelines$/
const TRIGGERS = /^automatic (?:triggers?|activation|invocation)$/
const MANUAL = /^manual (?:invocation|triggers?|activation|reference)$/

type Input = { tree: Tree | null; sections: readonly Section[] }

/**
 * Reads what a definition claims about its own governance, by the positions of a CommonMark parser.
 * Claims are never trusted and never completed: what is absent stays null. `tree` is the body's
 * block tree, `range` its place.
 */
export function readClaims(lines: Lines, range: TextRange, { tree, sections }: Input): Claims {
  if (tree === null) return NO_CLAIMS
  const text = lines.text.slice(range.start, range.end)
  const body: Body = { lines, sections, leaves: leavesOf(tree, text, range.start) }
  return {
    ...identityOf(body, text),
    ...labelledOf(body, text),
    ...powersOf(body),
    ...knowledgeOf(body),
    ...standardsOf(body),
  }
}

type Identity = Pick<
  Claims,
  'title' | 'persona' | 'competencies' | 'authorities' | 'mandates' | 'modelStatements'
> &
  Pick<Claims, 'automaticTriggers' | 'manualInvocation' | 'memory' | 'principles'>

function identityOf(body: Body, text: string): Identity {
  return {
    title: titleOf(body),
    persona: personaOf(body),
    competencies: competenciesOf(body),
    authorities: authoritiesOf(body),
    mandates: mandatesOf(body),
    modelStatements: modelStatementsOf(body, text),
    automaticTriggers: listOf(body, TRIGGERS),
    manualInvocation: listOf(body, MANUAL),
    memory: memoryOf(body),
    principles: principlesOf(body),
  }
}

/** Labels that are plain words of everyday text too count only where they are marked as labels. */
const EVERYDAY = new Set(['version', 'created', 'constitution'])

function labelledOf(body: Body, text: string) {
  const labels = LABELS.test(text)
    ? labelsOf(body.leaves, body.lines).filter(isClaim)
    : ([] as Labelled[])
  const first = (key: string) => labels.find((each) => each.key === key)?.claim ?? null
  const last = (...keys: string[]) =>
    labels.findLast((each) => keys.includes(each.key))?.claim ?? null
  const footer = {
    version: last('agent version', 'version'),
    created: last('created'),
    lastModified: last('last modified', 'last updated'),
  }
  const constitution = last('constitution', 'constitution version')
  return {
    department: first('department'),
    roleType: first('role type'),
    interactionLevel: first('interaction level'),
    constitutionLabel: constitution ? constitutionOf(constitution) : null,
    reviewSchedule: last('review schedule'),
    lastReview: last('last review', 'last reviewed'),
    nextReview: last('next review', 'next review due'),
    footer: Object.values(footer).some((claim) => claim !== null) ? footer : null,
  }
}

function isClaim({ key, claim, marked }: Labelled): boolean {
  if (claim.text === '' || (!marked && EVERYDAY.has(key))) return false
  return !(key === 'constitution' && claim.text.includes('/'))
}

function powersOf(body: Body) {
  const restricted = partOf(body, RESTRICTED)
  return {
    authorisedTools: claimedNames(partOf(body, AUTHORISED), body.lines),
    mcpAccess: claimedMcp(partOf(body, MCP), body.lines),
    restrictedOperations: (restricted?.leaves ?? [])
      .filter((leaf) => leaf.inList)
      .map((leaf): ClaimedText => textOf(leaf, body.lines)),
    upstream: handoffOf(body, 'upstream'),
    downstream: handoffOf(body, 'downstream'),
  }
}

function knowledgeOf(body: Body) {
  return {
    departmentGuidelines: listOf(body, GUIDELINES),
    domainExpertise: listOf(body, /^domain (?:expertise|knowledge)$/),
    technicalSpecifications: listOf(body, /^technical specifications?$/),
    bestPractices: listOf(body, /^best practices$/),
    knownLimitations: listOf(body, /^(?:known )?limitations$/),
  }
}

function standardsOf(body: Body) {
  const history = partOf(body, HISTORY)
  return {
    escalation: escalationOf(body),
    responseTargets: targetsOf(body, /^(?:response(?: time)?|performance) targets$/),
    qualityTargets: targetsOf(body, /^quality (?:metrics|targets)$/),
    audit: auditOf(body),
    historyRows: history ? historyRows(body.lines, history.section.contentRange) : [],
  }
}
