import type { ApprovalState, RiskTier, Verdict } from '@/lib/approvals/model'
import type { InboxItem, Named } from '@/lib/inbox/model'
import { commitWords, settledSentence, verbsOf, whyNotApprove } from '@/lib/inbox/rules/words'

export type DecideVerb = { verdict: Verdict; label: string; effect: string; commit: string }

/** What a decide surface needs of an item: small, so that little travels twice to the browser. */
export type DecideFacts = {
  approvalId: string
  kind: InboxItem['subject']['kind']
  digest: string
  renderedDigest: string
  title: string
  state: ApprovalState
  riskTier: RiskTier
  verbs: DecideVerb[]
  /** Why this reader may not decide now; null when they may. */
  why: string | null
  /** Why approving alone is off; null when it is not. */
  whyNotApprove: string | null
  typedName: string | null
  said: Verdict | null
  seats: { id: string; name: string | null; at: string | null; yours: boolean; why: string }[]
  deadlineAt: string | null
  /** Who settled it and when, for "decided meanwhile"; null while it is open or when time did. */
  settledBy: { person: Named; verdict: Verdict; reason: string; at: string; fact: string } | null
  settled: string
  /** The newer item that stands for the draft now. */
  successor: string | null
}

/** Takes the facts of one decide surface out of an item. Pure. */
export function decideFacts(item: InboxItem): DecideFacts {
  const live = item.decisions.filter((d) => d.dismissedBecause === null)
  const last = live.at(-1)
  return {
    approvalId: item.id,
    kind: item.subject.kind,
    digest: item.digest,
    renderedDigest: item.renderedDigest,
    title: item.title,
    state: item.state,
    riskTier: item.riskTier,
    verbs: verbsOf(item).map((verb) => ({ ...verb, commit: commitWords(item, verb.verdict) })),
    why: item.viewer.why,
    whyNotApprove: whyNotApprove(item.subject),
    typedName: item.typedName,
    said: item.viewer.said,
    seats: seatsOf(item),
    deadlineAt: item.deadlineAt,
    settledBy:
      item.state === 'open' || last === undefined ? null : { ...last, person: last.person },
    settled: settledSentence(item.state),
    successor: item.subject.kind === 'proposal' ? item.subject.successor : null,
  }
}

/** Signed seats first, then open ones; the first open one is the reader's when they may sign. */
function seatsOf(item: InboxItem): DecideFacts['seats'] {
  const signed = item.decisions.filter(
    (d) => d.dismissedBecause === null && d.verdict === 'approve',
  )
  const filled = signed.slice(0, item.quorum).map((d) => ({
    id: d.person.id,
    name: d.person.name,
    at: d.at,
    yours: d.person.id === item.viewer.id,
    why: item.rule.seat,
  }))
  const open = item.state === 'open' ? Math.max(0, item.quorum - filled.length) : 0
  const rest = Array.from({ length: open }, (_, index) => ({
    id: `open-${index}`,
    name: null,
    at: null,
    yours: index === 0 && item.viewer.why === null,
    why: item.rule.seat,
  }))
  return [...filled, ...rest]
}
