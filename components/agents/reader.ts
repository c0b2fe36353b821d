import type { PersonActor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'

/** What the reader may do with one agent; only for what is offered, the commands decide. */
export function readerOf(actor: PersonActor, departmentId: string) {
  return {
    mayEdit: can(actor, 'draft.edit', departmentId),
    mayRun: can(actor, 'run.start', departmentId),
    maySuspend: can(actor, 'agent.suspend', departmentId),
    mayExcuse: can(actor, 'waiver.request', departmentId),
    mayReadLog: can(actor, 'log.read', departmentId),
  }
}
