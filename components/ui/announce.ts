export const POLITE_ID = 'said-politely'
export const ASSERTIVE_ID = 'said-at-once'

/**
 * Says one sentence through the page's live region: politely by default, `at-once` only for what
 * cannot wait (a deadline of a minute, a lost connection). Browser only; the regions are in the
 * root layout.
 */
export function announce(sentence: string, urgency: 'polite' | 'at-once' = 'polite'): void {
  const region = document.getElementById(urgency === 'polite' ? POLITE_ID : ASSERTIVE_ID)
  if (!region) return
  region.textContent = ''
  requestAnimationFrame(() => {
    region.textContent = sentence
  })
}
