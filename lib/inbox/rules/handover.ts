/** How often one item may be handed on, so that it does not go in circles. */
const MAX_HANDOVERS = 3

/**
 * Why an item cannot be handed to somebody, as a sentence; null when it can. `eligible` is whether
 * that person could decide it by themselves today: handing over never gives a right.
 */
export function whyNotHandOver(
  to: { id: string; name: string; eligible: boolean; excluded: boolean; signed: boolean },
  now: { giver: string; before: number },
): string | null {
  if (to.id === now.giver) return 'It is yours already. Name somebody else.'
  if (to.excluded) return `${to.name} has a part in this and never decides it.`
  if (!to.eligible) return `${to.name} may not decide this. Name an approver of the department.`
  if (to.signed) return `${to.name} has decided this already.`
  if (now.before >= MAX_HANDOVERS) {
    return `This was handed on ${MAX_HANDOVERS} times. Decide it, or let the deadline pass.`
  }
  return null
}
