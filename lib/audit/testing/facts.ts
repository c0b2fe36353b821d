import { randomUUID } from 'node:crypto'
import type { Actor } from '@/lib/auth/actor'
import { newId } from '@/lib/core/ids'
import { type Tx, transaction } from '@/lib/db/transaction'
import { appendEvent } from '../append'
import type { Fact } from '../catalogue'

export const SOMEBODY: Actor = {
  kind: 'person',
  id: '018f0000-0000-7000-8000-000000000001',
  name: 'Ada Example',
  email: 'ada@example.test',
  via: 'password',
  sessionHash: '0123456789abcdef',
  grants: [],
}

/** A fact that needs nothing else to exist. */
export function someFact(over: Partial<Extract<Fact, { action: 'draft.discarded' }>> = {}): Fact {
  return {
    action: 'draft.discarded',
    dept: null,
    targets: [
      { t: 'draft', id: randomUUID() },
      { t: 'agent', id: randomUUID() },
    ],
    data: { revision: 1, digest: 'ab'.repeat(32) },
    ...over,
  }
}

/** Appends facts inside a transaction that the caller opened; returns their ids. */
export async function appendIn(
  tx: Tx,
  facts: readonly Fact[],
  now = new Date(),
): Promise<string[]> {
  const ids: string[] = []
  for (const fact of facts) {
    const id = newId<'event'>(now.getTime())
    await appendEvent(tx, { id, fact, actor: SOMEBODY, requestId: 'req-1', now })
    ids.push(id)
  }
  return ids
}

/** Appends facts in one transaction of their own. */
export function record(...facts: Fact[]): Promise<string[]> {
  return transaction((tx) => appendIn(tx, facts))
}

/** Appends `n` facts, a few to a transaction. */
export async function recordMany(n: number, make: (i: number) => Fact = () => someFact()) {
  const ids: string[] = []
  for (let at = 0; at < n; at += 50) {
    const count = Math.min(50, n - at)
    ids.push(...(await record(...Array.from({ length: count }, (_, i) => make(at + i)))))
  }
  return ids
}
