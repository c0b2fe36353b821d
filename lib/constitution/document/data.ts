import { z } from 'zod'
import { APPROVAL_KINDS, CHANGE_DIRECTIONS } from '@/lib/approvals/model'
import { RISK_TIERS, TOOL_CLASSES } from '@/lib/definition/model'
import { type ConstitutionContent, MODEL_USES, POLICY_VERDICTS } from '../model'

/** The data of a constitution: everything but its title and its principles, which are prose. */
export type ConstitutionData = Omit<ConstitutionContent, 'title' | 'principles'>

// Control characters, line ends, half characters and what a reader does not see at either end.
const UNREADABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u
const line = (most: number) =>
  z
    .string('Write a text.')
    .min(1, 'Write something here.')
    .max(most, `Write at most ${most} characters.`)
    .refine((text) => !UNREADABLE.test(text), 'Leave out characters that nobody sees.')
    .refine((text) => text === text.trim(), 'Leave out blanks at the ends.')
const name = line(200)
const slug = z
  .string('Write a name.')
  .max(80)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'Use lower-case letters, digits and single hyphens.')

/** What a version of the constitution is called; a definition cites it. */
export const label = z
  .string('Write a label, in quotes when it is a number.')
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/, 'Use up to 40 letters, digits, dots and hyphens.')

/** A list in which nothing stands twice. */
function list<T>(item: z.ZodType<T>, most: number, keyOf: (one: T) => string = String) {
  return z
    .array(item, 'Write a list.')
    .max(most, `At most ${most} entries.`)
    .superRefine((all, context) => {
      const seen = new Set<string>()
      for (const [index, one] of all.entries()) {
        const key = keyOf(one)
        if (seen.has(key)) {
          context.addIssue({ code: 'custom', path: [index], message: `${key} stands here twice.` })
        }
        seen.add(key)
      }
    })
}

const risk = z.enum(RISK_TIERS, `Choose one of ${RISK_TIERS.join(', ')}.`)
const verdict = z.enum(POLICY_VERDICTS, `Choose one of ${POLICY_VERDICTS.join(', ')}.`)

const tool = z.strictObject({
  name,
  class: z.enum(TOOL_CLASSES, `Choose one of ${TOOL_CLASSES.join(', ')}.`),
  risk,
  meaning: line(500),
})
const tools = list(tool, 500, (one) => one.name)

const department = z.strictObject({
  department: slug,
  title: name,
  tools: z
    .record(name, verdict, 'Write a list of tools, each with its verdict.')
    .refine((all) => Object.keys(all).length <= 500, 'At most 500 tools.'),
  mcp: verdict,
  mcpServers: list(name, 500),
  roleTypes: list(name, 100),
  levels: list(name, 100),
})

const model = z.strictObject({
  name,
  title: name,
  risk,
  use: z.enum(MODEL_USES, `Choose one of ${MODEL_USES.join(', ')}.`),
})

const server = z.strictObject({
  name,
  class: tool.shape.class,
  risk,
  meaning: line(500),
  tools: tools.nullable(),
})

const domain = z.strictObject({
  name: slug,
  title: name,
  agents: list(slug, 50),
  keywords: list(name, 500),
})

const months = z.int('Write a whole number.').min(1).max(60)
const reviews = z.strictObject({
  months: z.strictObject({ low: months, medium: months, high: months, critical: months }),
  graceDays: z.int('Write a whole number.').min(0).max(365),
})

const some = <T extends string>(values: readonly [T, ...T[]]) =>
  list(z.enum(values, `Choose among ${values.join(', ')}.`), values.length).default([])
/** When a rule applies; what is left out does not matter to it. */
const when = z.strictObject({
  kinds: some(APPROVAL_KINDS),
  risks: some(RISK_TIERS),
  changes: some(CHANGE_DIRECTIONS),
  departments: list(slug, 60).default([]),
  adds: list(name, 200).default([]),
  fields: list(name, 200).default([]),
  gates: list(name, 200).default([]),
  loosens: z.boolean('Write true or false.').default(false),
})
const rule = z.strictObject({
  id: slug,
  title: name,
  when,
  seats: list(
    z.strictObject({ group: slug, people: z.int('Write a whole number.').min(1).max(10) }),
    10,
    (one) => one.group,
  ),
  deadlineHours: z.int('Write a whole number.').min(1).max(8_760).nullable(),
  silence: z.enum(['deny', 'park'], 'Choose deny or park.'),
})

/** Every part of the data, strict and bounded; a form sends the parts that it changes. */
export const PARTS = {
  departments: list(department, 60, (one) => one.department),
  tools,
  models: list(model, 100, (one) => one.name),
  mcpServers: list(server, 200, (one) => one.name).nullable(),
  domains: list(domain, 100, (one) => one.name),
  requiredSections: list(name, 100, (one) => one.toLowerCase()),
  fillers: list(name, 500, (one) => one.toLowerCase()),
  reviews,
  approvals: list(rule, 100, (one) => one.id),
}
export const dataSchema = z.strictObject({ label, ...PARTS })

/** Names of fields in the document, where people write them. */
const WRITTEN: Readonly<Record<string, string>> = {
  mcpServers: 'mcp_servers',
  requiredSections: 'required_sections',
  roleTypes: 'role_types',
  graceDays: 'grace_days',
  deadlineHours: 'deadline_hours',
}
const READ = Object.fromEntries(Object.entries(WRITTEN).map(([ours, theirs]) => [theirs, ours]))

/** The name that a field has in the document. */
export function writtenName(key: string): string {
  return WRITTEN[key] ?? key
}

/**
 * The same value with the field names of the other side. Only below what the schema names: the keys
 * under a department's `tools` are names of tools and stay as they are.
 */
function renamed(value: unknown, names: Readonly<Record<string, string>>, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, names))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      parent === 'tools' ? key : (names[key] ?? key),
      renamed(one, names, key),
    ]),
  )
}

export const asWritten = (data: unknown): unknown => renamed(data, WRITTEN)
/** A name of ours, written as we call it, is as unknown as any other: it gets a name nobody has. */
export const asRead = (written: unknown): unknown => renamed(refuseOurs(written), READ)

function refuseOurs(value: unknown, parent = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => refuseOurs(one))
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      parent !== 'tools' && key in WRITTEN ? `${key} (write ${WRITTEN[key]})` : key,
      refuseOurs(one, key),
    ]),
  )
}
