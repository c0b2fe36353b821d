import { z } from 'zod'
import { MAX_PAGE_SIZE, PAGE_SIZE } from '@/lib/core/limits'

/** What a fact may be about. The first target of a fact is what it is mainly about. */
export const TARGET_TYPES = [
  'agent',
  'approval',
  'change_set',
  'constitution',
  'definition',
  'department',
  'draft',
  'installation',
  'log',
  'person',
  'proposal',
  'review',
  'reviewer_group',
  'role_grant',
  'routing_case',
  'run',
  'saved_view',
  'session',
  'tool_call',
  'version',
  'waiver',
  'workspace',
] as const

export const OUTCOMES = ['ok', 'denied', 'error'] as const
export type Outcome = (typeof OUTCOMES)[number]

const hex = (digits: number) => z.string().regex(new RegExp(`^[0-9a-f]{${digits}}$`))
/** An identifier: never a name, an address or a sentence. */
const TOKEN = /^[A-Za-z0-9][A-Za-z0-9_.:/@-]{0,127}$/
const token = z.string().regex(TOKEN)
/** True for what may stand in a leaf as an identifier. */
export function isToken(text: string): boolean {
  return TOKEN.test(text)
}

const uuid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)

const target = z.strictObject({
  t: z.enum(TARGET_TYPES),
  id: token,
  ver: z.string().max(64).optional(),
  sha256: hex(64).optional(),
})
export type Target = z.input<typeof target>

/**
 * The envelope of a fact, exactly as it is hashed. No personal data, no free text: those go beside
 * the leaf, and only their commitments are in `p`. `ts` is UTC with microseconds.
 */
export const leafSchema = z.strictObject({
  v: z.literal(1),
  log: z.string().regex(/^[A-Za-z0-9./_-]{1,200}$/),
  id: uuid,
  ts: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/),
  act: z.string().regex(/^[a-z_]+\.[a-z_]+$/),
  actv: z.int().min(1),
  actor: z.strictObject({
    t: z.enum(['person', 'token', 'agent', 'system', 'scim']),
    id: token,
    via: token,
    sid: hex(16).nullable(),
  }),
  obo: z.strictObject({ t: z.enum(['person', 'agent']), id: token }).nullable(),
  org: token.nullable(),
  dept: token.nullable(),
  tgt: z.array(target).max(64),
  out: z.enum(OUTCOMES),
  pol: z.strictObject({ id: token, ver: z.int() }).nullable(),
  req: token.nullable(),
  d: z.record(z.string(), z.unknown()),
  p: z.array(hex(64)).max(64),
})
export type Leaf = z.infer<typeof leafSchema>

/** Where a page of the log ends: time with microseconds, and the id for facts of one instant. */
const cursor = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f-]{36}$/)
const instant = z.iso.datetime({ offset: true })

/** What a list of facts is narrowed by. Everything that is given must hold. */
export const logFilterInput = z.strictObject({
  /** Names of actions, or their first part with a star (`session.*`); any of them. */
  action: z.array(z.string().max(80)).max(40).default([]),
  notAction: z.array(z.string().max(80)).max(40).default([]),
  /** Words of the action's name or of its sentence; all of them. */
  text: z.string().trim().max(200).default(''),
  actor: z.string().max(128).optional(),
  department: z.string().max(128).optional(),
  /** Id of anything that the fact is about; for an agent also what happened to its parts. */
  target: z.string().max(128).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  /** From this instant on, and before that one. */
  after: instant.optional(),
  before: instant.optional(),
})
export type LogFilter = z.infer<typeof logFilterInput>

export const logPageInput = z.strictObject({
  cursor: cursor.optional(),
  limit: z.int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE),
})
export type LogPage = z.infer<typeof logPageInput>

/** No narrowing at all. */
export const EVERYTHING: LogFilter = { action: [], notAction: [], text: '' }
