import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { ChanceryError } from '@/lib/core/errors'
import type { Tx } from '@/lib/db/transaction'
import { CATALOGUE, type Fact } from './catalogue'
import { commitAll, type Disclosure, leafText, leafTime } from './leaf'
import { isToken, type Leaf } from './model'
import { logOrigin } from './origin'

export type AppendInput = {
  /** UUIDv7, allocated before the domain rows that name it were written. */
  id: string
  fact: Fact
  actor: Actor
  requestId: string | undefined
  /** The database's clock at the start of the transaction. */
  now: Date
}

/**
 * Records a fact in the caller's transaction, in one statement: the leaf, and beside it the private
 * values that it commits to. Nothing is sequenced here; if the transaction rolls back there never
 * was an event. Throws `invalid` or `limit` when the fact does not fit the catalogue or 16 KiB, and
 * fails on the database's refusal when `now` is more than five minutes off.
 */
export async function appendEvent(tx: Tx, input: AppendInput): Promise<void> {
  const { leaf, disclosures } = composeLeaf(await logOrigin(tx), input)
  const text = leafText(leaf)
  if (disclosures.length === 0) {
    await tx.execute(
      sql`insert into audit.event (id, leaf) values (${input.id}, convert_to(${text}, 'UTF8'))`,
    )
    return
  }
  await tx.execute(sql`
    with written as (
      insert into audit.event (id, leaf) values (${input.id}, convert_to(${text}, 'UTF8'))
      returning id
    )
    insert into audit.private (event_id, ord, path, salt, value)
    select written.id, x.ord, x.path, decode(x.salt, 'hex'), x.value
    from written, json_to_recordset(${rowsOf(disclosures)}::text::json)
      as x (ord smallint, path text, salt text, value text)`)
}

/** The envelope of a fact and the values it commits to. Pure but for the fresh salts. */
export function composeLeaf(
  log: string,
  { id, fact, actor, requestId, now }: AppendInput,
): { leaf: Leaf; disclosures: Disclosure[] } {
  const definition = CATALOGUE[fact.action]
  const data = definition.data.safeParse(fact.data)
  if (!data.success) {
    const issue = data.error.issues[0]
    throw new ChanceryError(
      'invalid',
      `The fact ${fact.action} cannot be recorded: ${issue?.path.join('.')} ${issue?.message}`,
    )
  }
  const { p, disclosures } = commitAll(wellFormed(fact.private ?? {}))
  const leaf: Leaf = {
    v: 1,
    log,
    id,
    ts: leafTime(now),
    act: fact.action,
    actv: definition.v,
    actor: actorOf(actor),
    obo: fact.onBehalfOf ?? null,
    org: null,
    dept: fact.dept ?? null,
    tgt: [...fact.targets],
    out: fact.outcome ?? 'ok',
    pol: fact.policy ?? null,
    // The id may come from a request header: anything but an identifier is dropped.
    req: requestId !== undefined && isToken(requestId) ? requestId : null,
    d: data.data,
    p,
  }
  return { leaf, disclosures }
}

function actorOf(actor: Actor): Leaf['actor'] {
  return actor.kind === 'person'
    ? { t: 'person', id: actor.id, via: actor.via, sid: actor.sessionHash }
    : { t: 'system', id: actor.id, via: 'system', sid: null }
}

/** Half characters (lone surrogates) have no UTF-8 form; a model or a file may still send them. */
function wellFormed(values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([path, value]) => [path, Buffer.from(value).toString()]),
  )
}

/** `value` travels as JSON text: a column of type text cannot hold U+0000, JSON text can. */
function rowsOf(disclosures: readonly Disclosure[]): string {
  return JSON.stringify(
    disclosures.map(({ salt, path, value }, ord) => ({
      ord,
      path,
      salt,
      value: JSON.stringify(value),
    })),
  )
}
