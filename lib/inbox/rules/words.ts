import {
  APPROVERS,
  type ApprovalKind,
  type ApprovalState,
  type RiskTier,
  type Seat,
  type Verdict,
} from '@/lib/approvals/model'
import type { InboxItem, ItemSubject } from '../model'

/** The kinds in the words of the interface. */
export const KIND_WORDS: Record<ApprovalKind, string> = {
  proposal: 'Definition',
  tool_call: 'Tool call',
  change_set: 'Change-set',
  review: 'Review',
  constitution: 'Constitution',
  waiver: 'Waiver',
}

/** What happens when nobody decides. */
export function silenceSentence(kind: ApprovalKind, hasDeadline: boolean): string {
  switch (kind) {
    case 'proposal':
      return 'The live version stays as it is. The proposal waits without a deadline.'
    case 'tool_call':
      return hasDeadline
        ? 'Denied. The run is told and goes on without the call.'
        : 'The run waits, without a deadline.'
    case 'change_set':
      return 'Nothing is written. The run stays parked until somebody decides.'
    case 'review':
      return 'The review stays open and becomes overdue.'
    case 'constitution':
      return 'The rulebook in force stays as it is. The change waits without a deadline.'
    case 'waiver':
      return 'Denied when its last day is over. The finding counts until somebody approves.'
  }
}

const NEVER: Record<ApprovalKind, string> = {
  proposal: 'the author or the last editor',
  tool_call: 'the person who started the run',
  change_set: 'the person who started the run',
  review: 'the author',
  constitution: 'the author or the last editor',
  waiver: 'who asked for the waiver or would own it',
}

/** Who fills the seats: "1 approver and 1 of security, never the author or the last editor." */
export function seatSentence(kind: ApprovalKind, seats: readonly Seat[]): string {
  const parts = seats.map(({ group, people }) =>
    group === APPROVERS ? countWords(people, 'approver') : `${people} of ${group}`,
  )
  return `${parts.join(' and ')}, never ${NEVER[kind]}.`
}

/** Why a risk tier is what it is, in a sentence. */
export const RISK_MEANS: Record<RiskTier, string> = {
  low: 'Reads, or writes nothing that stays.',
  medium: 'Writes inside the workspace.',
  high: 'A shell, a way out, or other people’s data.',
  critical: 'Production, secrets, or a tool that nobody classified.',
}

/** How a settled item is told: "Denied", with who and when beside it. */
export function settledSentence(state: ApprovalState): string {
  switch (state) {
    case 'open':
      return 'This is open.'
    case 'approved':
      return 'This was approved.'
    case 'changes_requested':
      return 'Changes were asked for.'
    case 'rejected':
      return 'This was denied.'
    case 'dismissed':
      return 'The draft was edited after it was proposed. What people had said about the old bytes no longer counts.'
    case 'withdrawn':
      return 'The author took this back.'
    case 'expired':
      return 'The deadline has passed. Nobody decided in time, and nothing was done.'
  }
}

export type VerbChoice = { verdict: Verdict; label: string; effect: string }

/** The verbs of one item with what each brings about when this reader records it now. */
export function verbsOf(item: Pick<InboxItem, 'subject' | 'quorum' | 'signed'>): VerbChoice[] {
  const last = item.signed + 1 >= item.quorum
  const { subject } = item
  switch (subject.kind) {
    case 'proposal':
      return [
        {
          verdict: 'approve',
          label: 'Approve',
          effect: last
            ? `${item.quorum > 1 ? 'Last seat. ' : ''}Publishes ${subject.version} at once.`
            : `Seat ${item.signed + 1} of ${item.quorum}. Published when all have signed.`,
        },
        {
          verdict: 'request_changes',
          label: 'Request changes',
          effect: 'Sends the draft back to its author. Reason needed.',
        },
        {
          verdict: 'reject',
          label: 'Deny',
          effect: 'Closes the proposal as denied; the draft stays. Reason needed.',
        },
      ]
    case 'tool_call':
      return [
        { verdict: 'approve', label: 'Approve once', effect: 'Carries out this one call.' },
        {
          verdict: 'request_changes',
          label: 'Answer',
          effect: 'Nothing is carried out. The agent reads your words and goes on.',
        },
        { verdict: 'reject', label: 'Deny', effect: 'The agent is told why and goes on.' },
      ]
    case 'change_set':
      return [
        { verdict: 'approve', label: 'Approve', effect: changeSetEffect(subject) },
        { verdict: 'reject', label: 'Deny', effect: 'Nothing is written. The run ends.' },
      ]
    case 'constitution':
      return [
        {
          verdict: 'approve',
          label: 'Approve',
          effect: last
            ? 'Puts this rulebook into force at once.'
            : `Seat ${item.signed + 1} of ${item.quorum}. In force when all have signed.`,
        },
        {
          verdict: 'request_changes',
          label: 'Request changes',
          effect: 'Sends the draft back to its author. Reason needed.',
        },
        { verdict: 'reject', label: 'Deny', effect: 'The rulebook in force stays. Reason needed.' },
      ]
    case 'waiver':
      return [
        {
          verdict: 'approve',
          label: 'Approve',
          effect: `Excuses this finding until ${subject.endsOn}. From the next day on it counts again.`,
        },
        { verdict: 'reject', label: 'Deny', effect: 'The finding stays. Reason needed.' },
      ]
    case 'review':
      return []
  }
}

function changeSetEffect(subject: Extract<ItemSubject, { kind: 'change_set' }>): string {
  const files = countWords(subject.files.length, 'file')
  const then =
    subject.operations.length === 0
      ? ''
      : `, then runs ${countWords(subject.operations.length, 'command')}`
  return `Writes ${files} into ${subject.run.workspace}${then}.`
}

/** "1 file", "4 files". */
export function countWords(count: number, one: string): string {
  return `${count.toLocaleString('en-GB')} ${one}${count === 1 ? '' : 's'}`
}

/** The words of the one button that records a decision: they name its effect. */
export function commitWords(
  item: Pick<InboxItem, 'subject' | 'quorum' | 'signed'>,
  verdict: Verdict,
): string {
  const { subject } = item
  if (verdict === 'request_changes') {
    return subject.kind === 'tool_call' ? 'Send the answer' : 'Sign and send back'
  }
  if (subject.kind === 'proposal') {
    if (verdict === 'reject') return 'Sign and deny'
    return item.signed + 1 >= item.quorum
      ? `Sign and publish ${subject.version}`
      : `Sign as ${item.signed + 1} of ${item.quorum}`
  }
  if (subject.kind === 'constitution') {
    if (verdict === 'reject') return 'Sign and deny'
    return item.signed + 1 >= item.quorum
      ? `Sign and put ${subject.after.label} into force`
      : `Sign as ${item.signed + 1} of ${item.quorum}`
  }
  if (subject.kind === 'tool_call') return verdict === 'approve' ? 'Approve once' : 'Deny this call'
  if (subject.kind === 'change_set' && verdict === 'approve') {
    return `Approve and write ${countWords(subject.files.length, 'file')}`
  }
  if (subject.kind === 'waiver' && verdict === 'approve') {
    return `Sign and excuse until ${subject.endsOn}`
  }
  return 'Deny'
}

/**
 * Why approving is off although the reader may decide: what could not be shown whole, or what the
 * server would refuse. Denying and sending back stay possible. Null when nothing stands in the way.
 */
export function whyNotApprove(subject: ItemSubject): string | null {
  switch (subject.kind) {
    case 'proposal':
      return subject.outdated
        ? 'Another version was published meanwhile. The change must be proposed again.'
        : null
    case 'tool_call':
    case 'change_set':
      return subject.incomplete
    case 'constitution':
      return subject.outdated
        ? 'Another constitution came into force meanwhile. The change must be proposed again.'
        : null
    case 'waiver':
      return null
    case 'review':
      return 'A review is decided on its own page.'
  }
}
