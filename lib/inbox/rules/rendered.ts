import { type CanonicalValue, canonicalJson } from '@/lib/core/canonical-json'
import type { Digest } from '@/lib/core/digest'
import { sha256 } from '@/lib/core/sha256'
import type { InboxItem } from '../model'

/**
 * SHA-256 over the canonical JSON (RFC 8785) of what the page shows for the decision: the bytes that
 * are signed, the rule, the seats, and the whole subject with its differences and findings. Who
 * looks, when, and what others have said so far is not part of it, so two people who were shown the
 * same thing sign the same digest.
 */
export function renderedDigest(item: Omit<InboxItem, 'renderedDigest'>): Digest {
  const shown = {
    id: item.id,
    digest: item.digest,
    title: item.title,
    risk: item.riskTier,
    rule: item.rule,
    quorum: item.quorum,
    subject: item.subject,
  }
  // The item is plain JSON by its type: no function, date or fraction can be in it.
  return sha256(canonicalJson(JSON.parse(JSON.stringify(shown)) as CanonicalValue))
}

/**
 * SHA-256 over what the confirm step of a joint decision shows of an item that was never opened: its
 * line. Such an item can only be denied.
 */
export function lineDigest(line: Pick<InboxItem, 'id' | 'digest' | 'title' | 'riskTier'>): Digest {
  const { id, digest, title, riskTier } = line
  return sha256(canonicalJson({ id, digest, title, risk: riskTier }))
}
