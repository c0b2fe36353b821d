import type { ClaimedConstitution, ClaimedText } from './model'

/** Version and count in a label such as "v1.5.0 (14 Principles)". */
export function constitutionOf(claim: ClaimedText): ClaimedConstitution {
  const principles = /\b(\d{1,3})\s+(?:\w+\s+)?principles\b/i.exec(claim.text)?.[1]
  return {
    ...claim,
    version: /(?:^|[^\d.])v?(\d+(?:\.\d+){1,2})(?![\d.]*\d)/i.exec(claim.text)?.[1] ?? null,
    principles: principles === undefined ? null : Number(principles),
  }
}
