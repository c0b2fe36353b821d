import 'server-only'
import type { z } from 'zod'
import { appendEvent } from '@/lib/audit/append'
import type { Fact } from '@/lib/audit/catalogue'
import type { Actor } from '@/lib/auth/actor'
import { can, isPrivileged, type Permission, rolesWith } from '@/lib/auth/permissions'
import { ChanceryError, type FieldErrors, notFound } from '@/lib/core/errors'
import { faultPoint } from '@/lib/core/fault'
import { newId } from '@/lib/core/ids'
import type { Success } from '@/lib/core/result'
import { type Tx, transaction } from '@/lib/db/transaction'
import { beginCommand, storeResult } from './idempotency'
import { recordRefusal } from './refusal'

/** What `run` is given. `event` is the id that every governed row it touches must carry. */
export type CommandContext<Input, Subject> = {
  tx: Tx
  actor: Actor
  input: Input
  subject: Subject
  now: Date
  event: string
}

/** A write and the fact that it leaves. Leaving the fact out does not compile. */
export type Outcome<Value> = { value: Value; fact: Fact | readonly [Fact, ...Fact[]] | Unchanged }

/** Says on purpose that nothing was written, so that there is nothing to record. */
export const UNCHANGED = 'unchanged'
type Unchanged = typeof UNCHANGED

/** What the permission is checked against: the department in which the thing lies. */
type Located = { departmentId: string | null }

type Spec<Schema extends z.ZodType, Subject extends Located, Value> = {
  /** The command's name, for idempotency and refusals: `proposal.open`. */
  name: string
  permission: Permission
  input: Schema
  /**
   * Loads and locks what is changed; throws `not_found` when there is none. Whoever may not read
   * its department gets the same answer.
   */
  subject: (context: { tx: Tx; actor: Actor; input: z.output<Schema> }) => Promise<Subject>
  /** Applies the pure rule, writes, and states the fact. Runs inside the transaction. */
  run: (context: CommandContext<z.output<Schema>, Subject>) => Promise<Outcome<Value>>
}

export type ExecuteOptions = {
  /** Idempotency key: a repeat with the same key and input returns the first result. */
  key?: string | undefined
  /** Correlates facts with a request. */
  requestId?: string | undefined
  /** Joins an outer transaction (a command that is made of others). */
  within?: { tx: Tx; now: Date } | undefined
}

export type Command<Value> = {
  name: string
  permission: Permission
  execute: (actor: Actor, input: unknown, options?: ExecuteOptions) => Promise<Success<Value>>
}

/**
 * The one door for writes: input (strict) → one transaction { subject locked → permission → rule →
 * write → fact } → value. Throws `ChanceryError`; whatever it throws, nothing was changed.
 */
export function command<Schema extends z.ZodType, Subject extends Located, Value>(
  spec: Spec<Schema, Subject, Value>,
): Command<Value> {
  const execute = async (
    actor: Actor,
    raw: unknown,
    options: ExecuteOptions = {},
  ): Promise<Success<Value>> => {
    const input = parseInput(spec.input, raw)
    const attempt = { spec, actor, input, options }
    if (options.within) return runInside(options.within, attempt)
    try {
      const done = await transaction(async (tx) => {
        const begun = await beginCommand(tx, { actor, name: spec.name, key: options.key, raw })
        if (begun.repeated) return { result: begun.repeated as Success<Value>, fresh: false }
        const result = await runInside({ tx, now: begun.now }, attempt)
        await storeResult(tx, { actor, key: options.key, result })
        faultPoint(`${spec.name}.before-commit`)
        return { result, fresh: true }
      })
      if (done.fresh) faultPoint(`${spec.name}.after-commit`)
      return done.result
    } catch (error) {
      if (error instanceof ChanceryError && isPrivileged(spec.permission)) {
        await recordRefusal({ actor, name: spec.name, error, requestId: options.requestId })
      }
      throw error
    }
  }
  return { name: spec.name, permission: spec.permission, execute }
}

async function runInside<Schema extends z.ZodType, Subject extends Located, Value>(
  at: { tx: Tx; now: Date },
  attempt: {
    spec: Spec<Schema, Subject, Value>
    actor: Actor
    input: z.output<Schema>
    options: ExecuteOptions
  },
): Promise<Success<Value>> {
  const { spec, actor, input, options } = attempt
  const subject = await spec.subject({ tx: at.tx, actor, input })
  allow(actor, spec.permission, subject.departmentId)
  const event = newId<'event'>(at.now.getTime())
  const outcome = await spec.run({ ...at, actor, input, subject, event })
  if (outcome.fact === UNCHANGED) return { ok: true, value: outcome.value }
  const facts: readonly Fact[] = isList(outcome.fact) ? outcome.fact : [outcome.fact]
  for (const [index, fact] of facts.entries()) {
    const id = index === 0 ? event : newId<'event'>(at.now.getTime())
    await appendEvent(at.tx, { id, fact, actor, requestId: options.requestId, now: at.now })
  }
  return { ok: true, value: outcome.value, fact: event }
}

function isList(fact: Fact | readonly [Fact, ...Fact[]]): fact is readonly [Fact, ...Fact[]] {
  return Array.isArray(fact)
}

/** Refuses with who to ask; a foreign department reads as absent. */
function allow(actor: Actor, permission: Permission, departmentId: string | null): void {
  if (can(actor, permission, departmentId)) return
  if (departmentId !== null && !can(actor, 'catalog.read', departmentId)) notFound('This')
  const roles = rolesWith(permission)
  const who = roles.length > 0 ? ` Ask someone with the role ${roles.join(' or ')}.` : ''
  throw new ChanceryError('forbidden', `Your roles do not allow this here.${who}`)
}

function parseInput<Schema extends z.ZodType>(schema: Schema, raw: unknown): z.output<Schema> {
  const parsed = schema.safeParse(raw)
  if (parsed.success) return parsed.data
  const fields: FieldErrors = {}
  for (const issue of parsed.error.issues) {
    fields[issue.path.map(String).join('.') || 'input'] ??= issue.message
  }
  const first = Object.entries(fields)[0]
  const message = first ? `${first[0]}: ${first[1]}` : 'The input cannot be read.'
  throw new ChanceryError('invalid', message, { fields })
}
