import 'server-only'
import { routingImpactOf } from '@/lib/agents/queries/routing'
import type { PersonActor } from '@/lib/auth/actor'
import type { InboxItem } from '../model'

/**
 * What an open proposal would do to routing; null where the description stays, or once it is
 * settled. Computed for the reader, from today's tests: no part of what is signed.
 */
export async function impactOf(actor: PersonActor, item: InboxItem) {
  const { subject, state, agent, digest } = item
  if (subject.kind !== 'proposal' || state !== 'open' || agent === null) return null
  if (!subject.change.routingChanged && subject.change.tierBefore !== null) return null
  return routingImpactOf(actor, { slug: agent.slug, digest, path: subject.fileName })
}
