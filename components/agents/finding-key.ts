import type { Finding } from '@/lib/constitution/model'

/** The name of a finding that survives moved lines: the same rule saying the same thing. */
export function findingKey(finding: Finding): string {
  return `${finding.rule} ${finding.message}`
}
