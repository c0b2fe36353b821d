import { sha256 } from '@/lib/core/sha256'
import type { Finding } from './model'
import { findingWords } from './waivers'

/** Names one finding of an agent, whatever line it stands on; what a waiver and a fix are asked for by. */
export function fingerprintOf(finding: Pick<Finding, 'rule' | 'message' | 'lines'>): string {
  return sha256(findingWords(finding))
}
