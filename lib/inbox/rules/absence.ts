const DAY = 24 * 60 * 60 * 1000
/** People in a row who stand in for each other: Mara → Ben → Ines → Tom. */
export const MAX_CHAIN = 3
const MAX_ABSENCE_DAYS = 180
const MAX_AHEAD_DAYS = 365

/** A time in which `delegateId` looks after what needs `personId`. */
export type Absence = { personId: string; delegateId: string; from: Date; until: Date }

/**
 * Why an absence cannot be set, as a sentence; null when it can. `others` are all absences that
 * stand. At no instant may a chain come back to where it began or have more than three links.
 */
export function whyNotAway(wanted: Absence, others: readonly Absence[], now: Date): string | null {
  if (wanted.personId === wanted.delegateId) return 'Name somebody else. You will be away.'
  if (wanted.until <= wanted.from) return 'The end is before the beginning.'
  if (wanted.until <= now) return 'This time is over.'
  const days = (later: Date, earlier: Date) => (later.getTime() - earlier.getTime()) / DAY
  if (days(wanted.until, wanted.from) > MAX_ABSENCE_DAYS) {
    return `An absence has at most ${MAX_ABSENCE_DAYS} days. An administrator can disable an account.`
  }
  if (days(wanted.from, now) > MAX_AHEAD_DAYS) return 'Name an absence within the next year.'
  const meanwhile = others.filter((one) => one.from < wanted.until && one.until > wanted.from)
  if (meanwhile.some((one) => one.personId === wanted.personId)) {
    return 'You have named another absence in this time. End that one first.'
  }
  // Chains change only where an absence begins, so these instants stand for all of them.
  const begins = [wanted.from, ...meanwhile.map((one) => one.from)].filter(
    (at) => at >= wanted.from && at < wanted.until,
  )
  for (const at of begins) {
    const links = delegates([...meanwhile, wanted], at)
    if (follow(links, wanted.personId).cycle) {
      return 'Whoever you name would hand your items back to you. Name somebody else.'
    }
    if (longest(links) > MAX_CHAIN) {
      return `More than ${MAX_CHAIN} people in a row would stand in for each other. Name somebody who is there.`
    }
  }
  return null
}

/** Who looks after whose items at an instant. */
function delegates(absences: readonly Absence[], at: Date): Map<string, string> {
  const live = absences.filter((one) => one.from <= at && one.until > at)
  return new Map(live.map((one) => [one.personId, one.delegateId]))
}

/** From a person along the delegates to who is there; a cycle ends nowhere. */
function follow(
  links: ReadonlyMap<string, string>,
  from: string,
): { end: string; length: number; cycle: boolean } {
  const seen = new Set([from])
  let end = from
  for (let next = links.get(end); next !== undefined; next = links.get(end)) {
    if (seen.has(next)) return { end, length: seen.size, cycle: true }
    seen.add(next)
    end = next
  }
  return { end, length: seen.size - 1, cycle: false }
}

function longest(links: ReadonlyMap<string, string>): number {
  return Math.max(0, ...[...links.keys()].map((person) => follow(links, person).length))
}

/** The absences, among those that stand, whose items come to this person now. */
export function standsInFor<One extends Absence>(
  absences: readonly One[],
  personId: string,
  now: Date,
): One[] {
  const links = delegates(absences, now)
  // Whoever is away hands on; only who is there at the end of a chain is shown the items.
  return absences.filter((one) => {
    if (one.from > now || one.until <= now) return false
    const { end, length, cycle } = follow(links, one.personId)
    return !cycle && length <= MAX_CHAIN && end === personId
  })
}
