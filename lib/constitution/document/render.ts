import { Document, isMap, isSeq } from 'yaml'
import { ChanceryError } from '@/lib/core/errors'
import { decodeBytes } from '@/lib/definition/decode'
import { Lines, lineBreak, lineEndingOf } from '@/lib/definition/lines'
import { splitFrontmatter } from '@/lib/definition/split'
import type { ConstitutionContent } from '../model'
import { asWritten, type ConstitutionData } from './data'
import { parseConstitution } from './parse'
import { statedLine } from './principles'

/**
 * The document of a constitution. Same content, same bytes; read again it gives the same content,
 * which is checked here, so that nothing can be written that would be read as something else.
 * Throws `invalid` for content that no document says.
 */
export function renderConstitution(content: ConstitutionContent): Uint8Array {
  const principles = content.principles.map((one) =>
    [`## ${one.title}`, statedLine(one), one.text].filter((part) => part !== '').join('\n\n'),
  )
  const body = [`# ${content.title}`, ...principles].join('\n\n')
  return checked(`---\n${renderData(content)}---\n\n${body}\n`, content)
}

/**
 * The document with other data and the same prose: only the text between the fences changes, every
 * byte of the body stays. Throws `invalid` when the result would not read as `content`.
 */
export function replaceData(bytes: Uint8Array, content: ConstitutionContent): Uint8Array {
  const { text } = decodeBytes(bytes)
  const lines = new Lines(text)
  const split = splitFrontmatter(lines)
  if (split.kind !== 'block') throw new ChanceryError('invalid', 'The document has no data.')
  const from = lines.endOf(split.open)
  const to = lines.startOf(split.close)
  const data = renderData(content).replaceAll('\n', lineBreak(lineEndingOf(text.slice(0, to))))
  return checked(text.slice(0, from) + data + text.slice(to), content)
}

function checked(text: string, content: ConstitutionContent): Uint8Array {
  const bytes = new TextEncoder().encode(text)
  const parsed = parseConstitution(bytes)
  if (!parsed.ok) {
    throw new ChanceryError('invalid', parsed.problems[0]?.message ?? 'This cannot be written.')
  }
  if (!same(parsed.content, content)) {
    throw new ChanceryError('invalid', 'The document would be read as something else.')
  }
  return bytes
}

const same = (a: ConstitutionContent, b: ConstitutionContent) =>
  JSON.stringify(inOrder(a)) === JSON.stringify(inOrder(b))

/** Keys of one order; only the tools of a department keep theirs. */
function inOrder(content: ConstitutionContent): unknown {
  const { title, principles, ...data } = content
  const stated = principles.map(({ slug, title, group, critical, severity, text }) => ({
    ...{ slug, title, group, critical, severity, text },
  }))
  return [title, stated, written(data)]
}

/** The data in the order of the document, whatever the order in memory. */
function written(data: ConstitutionData): unknown {
  return asWritten({
    label: data.label,
    departments: data.departments.map((one) => ({
      ...{ department: one.department, title: one.title, tools: one.tools, mcp: one.mcp },
      ...{ mcpServers: one.mcpServers, roleTypes: one.roleTypes, levels: one.levels },
    })),
    tools: data.tools.map(inToolOrder),
    models: data.models.map(({ name, title, risk, use }) => ({ name, title, risk, use })),
    mcpServers:
      data.mcpServers?.map((one) => ({
        ...inToolOrder(one),
        tools: one.tools?.map(inToolOrder) ?? null,
      })) ?? null,
    domains: data.domains.map(({ name, title, agents, keywords }) => ({
      ...{ name, title, agents, keywords },
    })),
    requiredSections: data.requiredSections,
    fillers: data.fillers,
    reviews: {
      months: {
        low: data.reviews.months.low,
        medium: data.reviews.months.medium,
        high: data.reviews.months.high,
        critical: data.reviews.months.critical,
      },
      graceDays: data.reviews.graceDays,
    },
    approvals: data.approvals.map(({ id, title, when, seats, deadlineHours, silence }) => ({
      ...{ id, title, when: stated(when) },
      seats: seats.map(({ group, people }) => ({ group, people })),
      ...{ deadlineHours, silence },
    })),
  })
}

const CONDITIONS = [
  ...(['kinds', 'risks', 'changes', 'departments', 'adds', 'fields', 'gates'] as const),
  'loosens' as const,
]

/** A condition without what does not matter to it. */
function stated(when: ConstitutionData['approvals'][number]['when']): Partial<typeof when> {
  const parts = CONDITIONS.filter((key) =>
    key === 'loosens' ? when.loosens : when[key].length > 0,
  )
  return Object.fromEntries(parts.map((key) => [key, when[key]]))
}

type Tool = ConstitutionData['tools'][number]
const inToolOrder = ({ name, class: kind, risk, meaning }: Tool): Tool => ({
  ...{ name, class: kind, risk, meaning },
})

/** One entry of a table on one line; what holds more than that as a block. */
const FLAT = ['tools', 'models', 'months', 'seats', 'when']

function renderData(data: ConstitutionData): string {
  const document = new Document(written(data), { version: '1.2', aliasDuplicateObjects: false })
  flatten(document.contents, '')
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function flatten(node: unknown, key: string): void {
  if (isSeq(node)) {
    for (const item of node.items) {
      if (FLAT.includes(key) && isMap(item)) item.flow = true
      else flatten(item, '')
    }
    if (key === 'agents' || key === 'keywords') node.flow = true
  }
  if (!isMap(node)) return
  if (FLAT.includes(key)) node.flow = true
  for (const pair of node.items) flatten(pair.value, String(pair.key))
}
