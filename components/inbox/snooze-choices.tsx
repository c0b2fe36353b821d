'use client'

import { MenuItem } from '@/components/ui/menu'
import { type Clock, relativeWords } from '@/components/ui/time-words'
import { snoozeApproval } from '@/lib/inbox/actions'
import { snoozePresets } from '@/lib/inbox/rules/snooze'
import { useArrange } from './use-arrange'

/** When the item comes back, in the reader's own time. What is past the deadline is off. */
export default function SnoozeChoices(props: {
  approvalId: string
  deadlineAt: string | null
  clock: Clock
  onProblem: (problem: string | null) => void
}) {
  const { approvalId, clock } = props
  const { arrange } = useArrange(snoozeApproval)
  const deadlineAt = props.deadlineAt === null ? null : new Date(props.deadlineAt)
  const reader = { now: Date.now(), zone: clock.zone }
  const choose = async (until: Date) => {
    const input = { approvalId, until: until.toISOString() }
    const words = `Set aside. It comes back ${relativeWords(until.getTime(), reader)}.`
    const done = await arrange(input, words)
    props.onProblem(done ? null : 'It could not be set aside. Choose another time.')
  }
  return snoozePresets(reader, deadlineAt).map((preset) => (
    <MenuItem
      key={preset.id}
      disabled={preset.why !== null}
      aside={preset.why}
      onSelect={() => void choose(preset.until)}
    >
      {preset.label}
    </MenuItem>
  ))
}
