import { type SQL, sql } from 'drizzle-orm'
import { appendEvent } from '@/lib/audit/append'
import type { Fact } from '@/lib/audit/catalogue'
import { WORKER } from '@/lib/auth/actor'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import { type Tx, transaction } from '@/lib/db/transaction'

/** Does `work` as the application's role, with a fact of the same transaction, as a thief would. */
export function behind(work: (tx: Tx, event: string) => SQL): Promise<unknown> {
  return transaction(async (tx) => {
    const now = new Date()
    const id = newId<'event'>()
    await tx.execute(work(tx, id))
    const data = { command: 'approval.decide', code: 'refused' } as const
    const fact: Fact = { action: 'command.refused', outcome: 'denied', targets: [], data }
    await appendEvent(tx, { id, fact, actor: WORKER, requestId: undefined, now })
  })
}

/** A raw approval of `item` by a person; `given` replaces what it is bound to. */
export const decisionRow =
  (
    personId: string,
    item: { approvalId: string; digest: string },
    given: { digest?: string; rule?: number } = {},
  ) =>
  (_tx: Tx, event: string) =>
    sql`
    insert into decision (id, approval_id, person_id, verdict, digest, rule_version,
      rendered_digest, reason, decided_at, audit_event_id)
    values (${newId()}, ${item.approvalId}, ${personId}, 'approve', ${given.digest ?? item.digest},
      ${given.rule ?? 1}, ${sha256('x')}, '', now(), ${event})`

/** A raw version out of a proposal, with whatever digest is given. */
export const versionRow =
  (item: { proposalId: string; agentId: string; digest: string }) => (_tx: Tx, event: string) =>
    sql`
      insert into version (id, agent_id, ordinal, number, digest, proposal_id, message, author_id,
        findings, published_at, audit_event_id)
      select ${newId()}, agent_id, 99, version, ${item.digest}, id, message, author_id, '{}', now(),
        ${event} from proposal where id = ${item.proposalId}`
