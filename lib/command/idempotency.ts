import 'server-only'
import { sql } from 'drizzle-orm'
import type { Actor } from '@/lib/auth/actor'
import { ChanceryError } from '@/lib/core/errors'
import type { Success } from '@/lib/core/result'
import { sha256 } from '@/lib/core/sha256'
import type { Tx } from '@/lib/db/transaction'
import { movedTime } from './clock'

const KEY = /^[A-Za-z0-9_-]{8,80}$/
const NOBODY = '00000000-0000-0000-0000-000000000000'

type Begun = { now: Date; repeated: Success<unknown> | null }

/**
 * Opens a command inside its transaction: reads the database's clock and claims the idempotency
 * key. A concurrent holder of the same key is waited for (unique index), then its result returned.
 * Throws `refused` when the key was used for another input.
 */
export async function beginCommand(
  tx: Tx,
  call: { actor: Actor; name: string; key: string | undefined; raw: unknown },
): Promise<Begun> {
  if (call.key === undefined) {
    const rows = await tx.execute<{ now: string }>(sql`select now() as now`)
    return { now: movedTime() ?? instantOf(rows), repeated: null }
  }
  if (!KEY.test(call.key)) {
    throw new ChanceryError('invalid', 'The idempotency key must be 8 to 80 letters or digits.')
  }
  const person = personOf(call.actor)
  const inputDigest = sha256(JSON.stringify(call.raw) ?? 'null')
  // Index: command_result_key (person_id, key).
  const claimed = await tx.execute<{ now: string }>(sql`
    insert into command_result (person_id, key, command, input_digest, outcome, created_at)
    values (${person}, ${call.key}, ${call.name}, ${inputDigest}, ''::bytea, now())
    on conflict (person_id, key) do nothing
    returning now() as now`)
  if (claimed.length > 0) return { now: movedTime() ?? instantOf(claimed), repeated: null }
  const [first] = await tx.execute<{ command: string; input_digest: string; outcome: string }>(sql`
    select command, input_digest, convert_from(outcome, 'UTF8') as outcome
    from command_result where person_id = ${person} and key = ${call.key}`)
  if (!first || first.command !== call.name || first.input_digest !== inputDigest) {
    throw new ChanceryError(
      'refused',
      'This key was used for another request. Load the page again.',
    )
  }
  return { now: new Date(), repeated: JSON.parse(first.outcome) as Success<unknown> }
}

/** Keeps the result beside the key, in the same transaction as the write itself. */
export async function storeResult(
  tx: Tx,
  call: { actor: Actor; key: string | undefined; result: Success<unknown> },
): Promise<void> {
  if (call.key === undefined) return
  const outcome = JSON.stringify(call.result)
  await tx.execute(sql`
    update command_result set outcome = convert_to(${outcome}, 'UTF8')
    where person_id = ${personOf(call.actor)} and key = ${call.key}`)
}

function personOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.id : NOBODY
}

function instantOf(rows: readonly { now: string }[]): Date {
  return new Date(rows[0]?.now ?? Date.now())
}
