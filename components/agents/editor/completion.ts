import type { RuleContext } from '@/lib/constitution/model'
import { plainTitle } from '@/lib/definition/claims'
import type { ToolFact } from '@/lib/definition/model'
import { splitNames } from '@/lib/definition/names'
import { FIELDS, fieldFact } from './fields'

/** One thing that could stand here; `detail` says what it means. */
export type Offer = { label: string; detail: string; apply?: string }
/** What could stand between `from` and the cursor. `agents` asks for names of agents as well. */
type Offers = { from: number; options: Offer[]; agents: boolean }

export type Facts = {
  tools: readonly ToolFact[]
  models: readonly { name: string; title: string }[]
  rules: RuleContext
}

/** The front matter is at the beginning; nobody waits for more of a long text to be looked at. */
const HEAD = 64 * 1024

/** What may be written at `at`, from the rulebook in force; null where nothing is known. */
export function offersAt(text: string, at: number, facts: Facts): Offers | null {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const before = text.slice(lineStart, at)
  const block = blockOf(text.slice(0, HEAD))
  if (block === null || lineStart >= block.end) return headings(text, { before, at }, facts)
  if (lineStart < block.start) return null
  const key = /^[A-Za-z_-]*$/.exec(before)
  if (key)
    return { from: lineStart, options: keys(text.slice(block.start, block.end)), agents: false }
  const field = fieldAt(text.slice(block.start, lineStart), before)
  return field === null ? null : values(field, at, facts)
}

/** Where the fields stand, without the fences. */
function blockOf(head: string): { start: number; end: number } | null {
  const open = /^\uFEFF?---[ \t]*\n/.exec(head)
  if (!open) return null
  const rest = head.slice(open[0].length)
  const close = /^---[ \t]*$/m.exec(rest)
  return { start: open[0].length, end: open[0].length + (close ? close.index : rest.length) }
}

function keys(block: string): Offer[] {
  const there = new Set(block.split('\n').flatMap((line) => /^([\w-]+):/.exec(line)?.[1] ?? []))
  return FIELDS.filter((field) => !there.has(field.key)).map((field) => ({
    label: field.key,
    detail: field.about,
    apply: `${field.key}: `,
  }))
}

type FieldAt = { key: string; value: string; typed: string }

/** The field that the cursor is in, what its value says before the cursor, and the word itself. */
function fieldAt(above: string, before: string): FieldAt | null {
  const own = /^([\w-]+):[ \t]*(.*)$/.exec(before)
  if (own) return word(own[1] ?? '', own[2] ?? '')
  if (!/^[ \t]/.test(before) && !/^-/.test(before)) return null
  const lines = above.split('\n')
  const at = lines.findLastIndex((line) => /^[\w-]+:/.test(line))
  const first = /^([\w-]+):[ \t]*(.*)$/.exec(lines[at] ?? '')
  if (!first) return null
  return word(first[1] ?? '', [first[2] ?? '', ...lines.slice(at + 1), before].join('\n'))
}

function word(key: string, value: string): FieldAt {
  return { key, value, typed: /[^\s,()[\]"'#]*$/.exec(value)?.[0] ?? '' }
}

function values({ key, value, typed }: FieldAt, at: number, facts: Facts): Offers | null {
  const from = at - typed.length
  const starter = /\b(?:Agent|Task)\([^()]*$/.test(value)
  if (key === 'tools' || key === 'disallowedTools') {
    if (starter) return { from, options: [], agents: true }
    if (/\([^()]*$/.test(value)) return null
    const there = new Set(namesIn(value.slice(0, value.length - typed.length)))
    const options = [...toolOffers(facts), ...mcpOffers(facts)]
    return { from, options: options.filter((one) => !there.has(one.label)), agents: false }
  }
  if (key === 'model') {
    const options = facts.models.map((one) => ({ label: one.name, detail: one.title }))
    return { from, options, agents: false }
  }
  if (key === 'mcpServers') {
    const servers = facts.rules.constitution.mcpServers ?? []
    const options = servers.map((one) => ({ label: one.name, detail: one.meaning }))
    return { from, options, agents: false }
  }
  const known = fieldFact(key)?.values
  return known
    ? { from, options: known.map(([label, detail]) => ({ label, detail })), agents: false }
    : null
}

function namesIn(value: string): string[] {
  const plain = value.replace(/[[\]"']/g, ' ').replace(/^[ \t]*-[ \t]/gm, ' ')
  return splitNames(plain).map(({ name }) => name)
}

function toolOffers(facts: Facts): Offer[] {
  return facts.tools.flatMap((tool) => {
    const detail = `${tool.meaning}, ${tool.risk} risk`
    const starts = tool.name === 'Agent' || tool.name === 'Task'
    const only = {
      label: `${tool.name}(…)`,
      detail: 'starts only the agents that are named',
      apply: `${tool.name}(`,
    }
    return [{ label: tool.name, detail }, ...(starts ? [only] : [])]
  })
}

function mcpOffers(facts: Facts): Offer[] {
  return (facts.rules.constitution.mcpServers ?? []).flatMap((server) => [
    { label: `mcp__${server.name}`, detail: `every tool: ${server.meaning}` },
    ...(server.tools ?? []).map((tool) => ({
      label: `mcp__${server.name}__${tool.name}`,
      detail: `${tool.meaning}, ${tool.risk} risk`,
    })),
  ])
}

/** In the body: the sections that the constitution asks for and the text does not have yet. */
function headings(text: string, line: { before: string; at: number }, facts: Facts): Offers | null {
  const started = /^#{1,4}[ \t]+(.*)$/.exec(line.before)
  if (!started) return null
  const typed = started[1] ?? ''
  const there = new Set(
    [...text.matchAll(/^#{1,6}[ \t]+(.+)$/gm)].map((found) => plainTitle(found[1] ?? '')),
  )
  const options = facts.rules.constitution.requiredSections
    .filter((title) => !there.has(plainTitle(title)))
    .map((title) => ({ label: title, detail: 'asked for by the constitution' }))
  return options.length === 0 ? null : { from: line.at - typed.length, options, agents: false }
}
