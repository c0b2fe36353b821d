import type { ApprovalKind, Verdict } from '@/lib/approvals/model'

type Said = Exclude<Verdict, 'approve'>

/** Words that people begin with most, by kind and verdict; each is changed before it is recorded. */
const REASONS: Partial<Record<ApprovalKind, Partial<Record<Said, readonly string[]>>>> = {
  proposal: {
    request_changes: [
      'Too much access for what it does. Leave out what it does not need.',
      'Say in the description when to choose it.',
      'Fix the findings first.',
    ],
    reject: ['We have an agent for this.', 'Not allowed by the constitution.'],
  },
  tool_call: {
    reject: ['Not part of the task.', 'Do not reach outside the workspace for this.'],
    request_changes: [
      'Push to a branch and open a pull request instead.',
      'Do it without this call and say what you would have done.',
      'Say first why this is needed.',
    ],
  },
  change_set: {
    reject: ['Not what the task asked for.', 'Too much at once. Do it in smaller steps.'],
  },
  constitution: {
    request_changes: ['Say what this rule protects.', 'Name who must agree.'],
    reject: ['This weakens a gate without a reason.'],
  },
  waiver: {
    reject: ['Fix the finding instead.', 'Ask again with an earlier last day.'],
  },
}

export function reasonsFor(kind: ApprovalKind, verdict: Verdict | null): readonly string[] {
  if (verdict === null || verdict === 'approve') return []
  return REASONS[kind]?.[verdict] ?? []
}
