import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import { fingerprintOf } from '@/lib/constitution/fingerprint'
import type { Finding } from '@/lib/constitution/model'
import { notFound } from '@/lib/core/errors'
import { checkOf } from './check'
import { type AgentFacts, agentFacts, draftView } from './page'
import { type WaiverRow, waiversOf } from './waivers'

export type ShownFinding = {
  facts: AgentFacts
  finding: Finding
  fingerprint: string
  /** Digest of the definition it was found in: the draft's, else what speaks for the agent. */
  digest: string
  draft: boolean
  /** Waivers of the same finding, newest first. */
  before: WaiverRow[]
}

/**
 * One finding of an agent by what it is about: in its draft where there is one, else in what speaks
 * for it. Throws `not_found` when it is gone, and for an agent that the actor may not see.
 */
export async function findingOf(
  actor: Actor,
  about: { slug: string; fingerprint: string; now: Date },
): Promise<ShownFinding> {
  const facts = await agentFacts(actor, about.slug)
  const draft = await draftView(facts.id)
  const named = (one: Finding) => fingerprintOf(one) === about.fingerprint
  const digests = [...(draft ? [draft.digest] : []), facts.digest]
  for (const digest of digests) {
    const finding = (await checkOf(digest, facts))?.findings.find(named)
    if (!finding) continue
    const all = await waiversOf(facts.id, about.now)
    const before = all.filter((one) => one.fingerprint === about.fingerprint)
    const { fingerprint } = about
    return { facts, finding, fingerprint, digest, draft: digest === draft?.digest, before }
  }
  return notFound('This finding')
}
