import { scanText } from '@/lib/core/text-safety'
import { rowsBetween, sideOf } from './change-rows'
import type { DefinitionContent, JsonValue, Section } from './model'
import { sameJson } from './plain'

export const SUMMARY_KINDS = [
  'capability',
  'hidden-text',
  'mandate',
  'principle',
  'routing',
  'field',
  'section',
] as const
/** One thing that a change means. `before` or `after` null: it is not there on that side. */
export type SummaryRow = {
  kind: (typeof SUMMARY_KINDS)[number]
  name: string
  before: string | null
  after: string | null
}

/** Said by rows of their own: capabilities and routing. */
const TOLD = new Set([
  'tools',
  'disallowedTools',
  'permissionMode',
  'mcpServers',
  'hooks',
  'skills',
  'memory',
  'model',
  'description',
])
const MOST = 200

/**
 * What a change means, before its lines: capabilities, text that cannot be seen, mandates,
 * principles, routing (S4), fields, sections; in this order, at most 200 rows. The lines are the
 * matter of `diffText`.
 */
export function summarise(before: DefinitionContent, after: DefinitionContent): SummaryRow[] {
  const capabilities = rowsBetween(sideOf(before), sideOf(after)).map(
    (row): SummaryRow => ({
      kind: 'capability',
      name: row.name,
      before: row.op === '+' ? null : (row.before ?? row.meaning),
      after: row.op === '-' ? null : (row.after ?? row.meaning),
    }),
  )
  const routing = before.description !== after.description
  const rows = [
    ...capabilities,
    ...hiddenRows(before, after),
    ...changed('mandate', mandatesOf(before), mandatesOf(after)),
    ...changed('principle', principlesOf(before), principlesOf(after)),
    ...(routing
      ? [
          {
            kind: 'routing',
            name: 'description',
            before: before.description,
            after: after.description,
          } as const,
        ]
      : []),
    ...changed('field', fieldsOf(before), fieldsOf(after)),
    ...changed('section', sectionsOf(before), sectionsOf(after)),
  ]
  return rows.slice(0, MOST)
}

type Named = ReadonlyMap<string, string>

function changed(kind: SummaryRow['kind'], old: Named, now: Named): SummaryRow[] {
  const names = [...new Set([...old.keys(), ...now.keys()])]
  return names
    .filter((name) => old.get(name) !== now.get(name))
    .map((name) => ({ kind, name, before: old.get(name) ?? null, after: now.get(name) ?? null }))
}

/** Characters that nobody sees, counted by name: they are told however small the change is. */
function hiddenRows(before: DefinitionContent, after: DefinitionContent): SummaryRow[] {
  const counted = (text: string): Named => {
    const counts = new Map<string, number>()
    for (const { name } of scanText(text)) counts.set(name, (counts.get(name) ?? 0) + 1)
    return new Map([...counts].map(([name, count]) => [name, String(count)]))
  }
  return changed('hidden-text', counted(before.text), counted(after.text))
}

function mandatesOf({ claims }: DefinitionContent): Named {
  return new Map(claims.mandates.map(({ text }) => [text, text]))
}

/** By slug, because numbers move between versions (S40). */
function principlesOf({ claims }: DefinitionContent): Named {
  const items = claims.principles?.items ?? []
  return new Map(
    items.map(({ slug, title, text, critical, numeral }) => {
      const mark = critical ? ' (CRITICAL)' : ''
      return [slug || title, `${numeral === null ? '' : `${numeral}. `}${title}${mark}: ${text}`]
    }),
  )
}

function fieldsOf({ fields }: DefinitionContent): Named {
  const written = (value: JsonValue) => (typeof value === 'string' ? value : JSON.stringify(value))
  return new Map(
    fields.filter(({ key }) => !TOLD.has(key)).map(({ key, value }) => [key, written(value)]),
  )
}

/** What each section says itself; a heading that stands there twice is told apart by its place. */
function sectionsOf({ sections, text }: DefinitionContent): Named {
  const found = new Map<string, string>()
  for (const [at, { title, contentRange }] of sections.entries()) {
    const inner: Section | undefined = sections[at + 1]
    const end = Math.min(contentRange.end, inner?.range.start ?? contentRange.end)
    const name = found.has(title) ? `${title} (${at + 1})` : title
    found.set(name, text.slice(contentRange.start, end).trim())
  }
  return found
}

/** Whether two definitions say the same: another layout, quoting or line ends only. */
export function saysTheSame(before: DefinitionContent, after: DefinitionContent): boolean {
  const said = ({ fields }: DefinitionContent) => fields.map(({ key, value }) => [key, value])
  const words = ({ text, body }: DefinitionContent) =>
    text.slice(body.range.start, body.range.end).replace(/\s+/g, ' ').trim()
  return sameJson(said(before), said(after)) && words(before) === words(after)
}
