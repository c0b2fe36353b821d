/** What somebody began to write about an item, kept in this tab until it is recorded. */

const key = (approvalId: string) => `chancery.reason.${approvalId}`

export function keptReason(approvalId: string): string {
  try {
    return sessionStorage.getItem(key(approvalId)) ?? ''
  } catch {
    return ''
  }
}

export function keepReason(approvalId: string, text: string): void {
  try {
    if (text === '') sessionStorage.removeItem(key(approvalId))
    else sessionStorage.setItem(key(approvalId), text)
  } catch {
    // A browser that keeps nothing still lets people decide.
  }
}
