import { type Clock, clockWords, deadlineWords } from '@/components/ui/time-words'
import type { InboxRow } from '@/lib/inbox/model'

/** "7 decisions wait for you. The first is denied at 14:24 CET if nobody answers." */
export function waitingSentence(count: number, rows: readonly InboxRow[], clock: Clock): string {
  if (count === 0) return 'Nothing waits for you.'
  const waits = count === 1 ? '1 decision waits for you.' : `${count} decisions wait for you.`
  const first = nearest(rows)
  if (first === null) return `${waits} None of them has a deadline.`
  const at = Date.parse(first.deadlineAt)
  const when =
    at - clock.now < 3_600_000 ? `at ${clockWords(at, clock.zone)}` : whenWords(at, clock)
  const outcome = first.expiryOutcome === 'deny' ? 'denied' : 'parked'
  return `${waits} The first is ${outcome} ${when} if nobody answers.`
}

function whenWords(at: number, clock: Clock): string {
  const words = deadlineWords(at, clock)
  const day = words.replace(/^Today /, 'today at ').replace(/^Tomorrow /, 'tomorrow at ')
  return day === words ? `on ${words}` : `${day} ${clockWords(at, clock.zone).split(' ')[1] ?? ''}`
}

function nearest(rows: readonly InboxRow[]): (InboxRow & { deadlineAt: string }) | null {
  let found: (InboxRow & { deadlineAt: string }) | null = null
  for (const row of rows) {
    if (row.deadlineAt === null) continue
    if (found === null || row.deadlineAt < found.deadlineAt) {
      found = { ...row, deadlineAt: row.deadlineAt }
    }
  }
  return found
}

/** "backend-architect, subagent-architect and 2 more". */
export function namesWords(names: readonly string[], count: number): string {
  const more = count - names.length
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ')
}

/** "28 days overdue", "due today", "due in 5 days". */
export function dueInWords(days: number): string {
  if (days === 0) return 'due today'
  const n = Math.abs(days)
  const unit = n === 1 ? 'day' : 'days'
  return days < 0 ? `${n} ${unit} overdue` : `due in ${n} ${unit}`
}

/** "3 min 40 s", "5 h 12 min", "2 days": a wait in two units at most. */
export function waitWords(ms: number): string {
  const seconds = Math.round(ms / 1_000)
  if (seconds < 60) return `${seconds} s`
  const minutes = Math.floor(seconds / 60)
  const rest = (count: number, unit: string) => (count === 0 ? '' : ` ${count} ${unit}`)
  if (minutes < 60) return `${minutes} min${rest(seconds % 60, 's')}`
  const hours = Math.floor(minutes / 60)
  if (hours < 48) return `${hours} h${rest(minutes % 60, 'min')}`
  return `${Math.round(hours / 24)} days`
}
