import {
  type Body,
  type Labelled,
  labelsOf,
  leavesWithin,
  partOf,
  plainTitle,
  readable,
  textOf,
} from './leaves'
import type {
  Authority,
  ClaimedText,
  Competency,
  Handoff,
  Mandate,
  MemoryPath,
  ModelStatement,
} from './model'
import { tableRows } from './tables'

/** The first heading of the first level. */
export function titleOf({ sections }: Body): ClaimedText | null {
  const section = sections.find((each) => each.depth === 1 && each.title !== '')
  return section ? { text: section.title, line: section.line } : null
}

const ADDRESSED = /^(?:you(?:['’]re| are| act|r (?:role|job|task))?\b|act as\b|as an? \S|i am\b)/i

/** The paragraph that opens the body, where it tells the agent who it is (S7). */
export function personaOf({ leaves, sections, lines }: Body): ClaimedText | null {
  const [opening] = leaves
  const second = sections[0]?.depth === 1 ? sections[1] : sections[0]
  if (!opening || opening.inList || (second && opening.start > second.range.start)) return null
  const claim = textOf(opening, lines)
  return ADDRESSED.test(claim.text) ? claim : null
}

const COMPETENCIES =
  /^(?:core |key )?competenc(?:y|ies|e areas)$|^areas of (?:competence|expertise)$/

/** Areas with what they cover, from labelled items or from sub-headings with lists (S9). */
export function competenciesOf(body: Body): Competency[] {
  const part = partOf(body, COMPETENCIES)
  if (part === null) return []
  const { section } = part
  const inner = body.sections.filter(
    (each) => each.range.start > section.range.start && each.range.end <= section.range.end,
  )
  const until = inner[0]?.range.start ?? section.range.end
  const own = part.leaves
    .filter((leaf) => leaf.inList && leaf.start < until)
    .map((leaf) => areaOf(textOf(leaf, body.lines)))
  const below = inner.map(({ title, contentRange, line }) => ({
    area: title,
    items: leavesWithin(body, contentRange)
      .filter((leaf) => leaf.inList)
      .map((leaf) => readable(leaf.text)),
    line,
  }))
  return [...own, ...below]
}

function areaOf({ text, line }: ClaimedText): Competency {
  const cut = /^(.{1,80}?)\s*(?::|\s[-–—])\s+(.*)$/.exec(text)
  const [area, rest] = cut ? [cut[1] ?? text, cut[2] ?? ''] : [text, '']
  return { area, items: piecesOf(rest), line }
}

/** Parts of a list in words; commas and dashes in parentheses do not separate. */
function piecesOf(text: string): string[] {
  const pieces: string[] = []
  let depth = 0
  let piece = ''
  for (let at = 0; at < text.length; at++) {
    const unit = text[at] ?? ''
    if (unit === '(') depth += 1
    if (unit === ')') depth = Math.max(0, depth - 1)
    const dash = /^[-–—]\s/.test(text.slice(at, at + 2)) && text[at - 1] === ' '
    if (depth === 0 && (unit === ',' || unit === ';' || dash)) {
      pieces.push(piece)
      piece = ''
    } else piece += unit
  }
  return [...pieces, piece].map((each) => each.trim()).filter((each) => each !== '')
}

const PATH = /^(?:[\w.@~-]*\/)+[\w.@*-]*$|^[\w-]+\.(?:md|json|ya?ml|toml|txt)$/

/** The path that a value is; with or without backticks, with or without words after it. */
function pathIn(value: string): string | null {
  const [first = ''] = value.replace(/^[`"'<]+/, '').split(/[\s`"'>,;]+/)
  const path = first.replace(/[.:]$/, (mark) => (first.length > 1 && PATH.test(first) ? mark : ''))
  return PATH.test(path) ? path : null
}

const ADHERENCE = /^constitutional (?:adherence|compliance|authority)$|^governance(?: references)?$/

/** The documents that a body puts above itself (S18). */
export function authoritiesOf(body: Body): Authority[] {
  const part = partOf(body, ADHERENCE)
  return labelsOf(part?.leaves ?? [], body.lines).flatMap(({ key, claim }): Authority[] => {
    const path = pathIn(claim.text)
    return path === null ? [] : [{ label: key, path, line: claim.line }]
  })
}

/** What the agent may never do otherwise (S19 to S23). */
export function mandatesOf(body: Body): Mandate[] {
  const part = partOf(body, /^(?:critical |core |mandatory )?mandates$/)
  return (part?.leaves ?? [])
    .filter((leaf) => leaf.inList)
    .map((leaf) => textOf(leaf, body.lines))
    .map((claim) => ({ ...claim, critical: /\bCRITICAL\b/.test(claim.text) }))
}

const MEMORY =
  /^memory(?: references?| paths?| locations?)?$|^(?:primary memory|shared references?)$/

/** Where the agent keeps what it knows (S34 to S36). */
export function memoryOf(body: Body): MemoryPath[] {
  const seen = new Set<number>()
  return body.sections
    .filter((section) => MEMORY.test(plainTitle(section.title)))
    .flatMap((section) => labelsOf(leavesWithin(body, section.contentRange), body.lines))
    .filter((label) => !seen.has(label.start) && seen.add(label.start))
    .flatMap((label) => memoryPath(body, label))
}

function memoryPath({ lines, sections }: Body, { key, claim, start }: Labelled): MemoryPath[] {
  const path = pathIn(claim.text)
  if (path === null) return []
  const section = sections.findLast((each) => each.range.start <= start)
  const shared = section !== undefined && /^shared\b/.test(plainTitle(section.title))
  const code = lines.contentOf(claim.line).includes(`\`${path}\``)
  return [{ kind: shared ? 'shared' : memoryKind(key), label: key, path, code, line: claim.line }]
}

function memoryKind(label: string): MemoryPath['kind'] {
  if (/^base\b/.test(label)) return 'base'
  if (/^(?:department|shared)\b/.test(label)) return 'shared'
  const kinds = ['context', 'knowledge', 'decisions', 'performance'] as const
  return kinds.find((kind) => label.startsWith(kind.replace(/s$/, ''))) ?? 'other'
}

const HANDOFFS = {
  upstream: {
    title: /^upstream\b/,
    party: /^(?:receives?(?: input)?(?: from)?|input from|from|sources?|upstream agents?)$/,
  },
  downstream: {
    title: /^downstream\b/,
    party: /^(?:provides?(?: output)?(?: to)?|output to|to|consumers?|downstream agents?)$/,
  },
} as const
const ASSURANCE = /^(?:validation|quality guarantee|guarantee|quality assurance)/

/** Who hands work to the agent, or takes it over (S63, S64). */
export function handoffOf(body: Body, side: keyof typeof HANDOFFS): Handoff | null {
  const part = partOf(body, HANDOFFS[side].title)
  if (part === null) return null
  const { section } = part
  const labels = labelsOf(part.leaves, body.lines)
  const said = (key: RegExp) => labels.find((label) => key.test(label.key))?.claim ?? null
  const named = /:\s*(\S.*)$/.exec(section.title)?.[1]
  const listed = tableRows(body.lines, section.contentRange, /^agents?$/)
  const [row] = listed
  const agents = listed.map(({ cell }) => cell(/^agents?$/)).filter((name) => name !== '')
  const inTitle = named === undefined ? null : { text: named, line: section.line }
  const inTable = row && agents.length > 0 ? { text: agents.join(', '), line: row.line } : null
  return {
    party: inTitle ?? inTable ?? said(HANDOFFS[side].party),
    format: said(/\bformat$/),
    assurance: said(ASSURANCE),
    range: section.contentRange,
    line: section.line,
  }
}

const MODEL =
  /\b(?:claude[- ](?:\d[\d.-]*[- ])?(?:sonnet|opus|haiku)(?:[- ]\d+(?:[.-]\d+)*)?|(?:Sonnet|Opus|Haiku)(?: \d+(?:\.\d+)?)?|gpt-\d[\w.-]*|gemini[- ]\d[\w.-]*(?: (?:pro|flash))?)\b/gi
const WRITTEN = /^(?:claude|gpt|gemini)|^(?:Sonnet|Opus|Haiku)/i

/** Paragraphs and items that name models, with the names as written (S56). */
export function modelStatementsOf({ leaves, lines }: Body, source: string): ModelStatement[] {
  if (source.search(MODEL) < 0) return []
  return leaves.flatMap((leaf): ModelStatement[] => {
    const claim = textOf(leaf, lines)
    const models = [...claim.text.matchAll(MODEL)].map((match) => match[0])
    // "haiku" and "opus" are words too; as models they are written with a capital or an owner.
    const meant = models.filter(
      (name) => WRITTEN.test(name) && !/^(?:haiku|opus|sonnet)/.test(name),
    )
    return meant.length === 0 ? [] : [{ ...claim, models: [...new Set(meant)] }]
  })
}
