/**
 * Every state that is shown with a shape: the word, the shape, its colour, and how heavy the word
 * is. Data only, so that a chart, a filter and a row cannot disagree.
 */

export type ShapeName =
  | 'ring'
  | 'half-diamond'
  | 'triangle'
  | 'barred-octagon'
  | 'octagon'
  | 'dashed-ring'
  | 'disc'
  | 'paused-ring'
  | 'alarm-ring'
  | 'struck-ring'
  | 'seats'
  | 'check'
  | 'return'
  | 'barred-ring'
  | 'square'
  | 'error-square'
  | 'clock'
  | 'arc'
  | 'bars'
  | 'cross'
  | 'diamond'
  | 'chevrons-up'
  | 'chevrons-down'
  | 'equals'

export type ShapeInk = 'grey' | 'amber' | 'amber-text' | 'red' | 'green' | 'accent'
type Entry = { word: string; shape: ShapeName; ink: ShapeInk; tone: string }

const QUIET = 'text-ink-2'
const PLAIN = 'text-ink'
const AMBER = 'text-amb'
const RED = 'text-red'
const entry = (word: string, shape: ShapeName, ink: ShapeInk, tone: string): Entry => ({
  word,
  shape,
  ink,
  tone,
})

export const STATES = {
  risk: {
    low: entry('Low', 'ring', 'grey', QUIET),
    medium: entry('Medium', 'half-diamond', 'amber', AMBER),
    high: entry('High', 'triangle', 'red', `${RED} font-medium`),
    critical: entry('Critical', 'barred-octagon', 'red', `${RED} font-medium`),
  },
  agent: {
    draft: entry('Draft', 'dashed-ring', 'grey', QUIET),
    active: entry('Active', 'disc', 'green', PLAIN),
    suspended: entry('Suspended', 'paused-ring', 'amber', AMBER),
    changed_outside: entry('Changed outside', 'alarm-ring', 'red', RED),
    retired: entry('Retired', 'struck-ring', 'grey', QUIET),
  },
  approval: {
    open: entry('Open', 'seats', 'grey', QUIET),
    approved: entry('Approved', 'check', 'green', PLAIN),
    changes_requested: entry('Changes asked', 'return', 'amber', AMBER),
    rejected: entry('Denied', 'barred-ring', 'red', RED),
    dismissed: entry('Dismissed', 'square', 'grey', QUIET),
    withdrawn: entry('Withdrawn', 'square', 'grey', QUIET),
    superseded: entry('Superseded', 'square', 'grey', QUIET),
    expired: entry('Expired', 'clock', 'grey', QUIET),
    too_late: entry('Too late', 'clock', 'grey', QUIET),
  },
  call: {
    allowed: entry('Allowed', 'check', 'green', PLAIN),
    held: entry('Held', 'bars', 'amber', AMBER),
    denied: entry('Denied', 'barred-ring', 'red', RED),
    approved: entry('Approved', 'check', 'green', PLAIN),
    dismissed: entry('Dismissed', 'square', 'grey', QUIET),
    too_late: entry('Too late', 'clock', 'grey', QUIET),
    failed: entry('Failed', 'cross', 'red', RED),
  },
  run: {
    queued: entry('Queued', 'dashed-ring', 'grey', QUIET),
    running: entry('Running', 'arc', 'accent', PLAIN),
    held: entry('Held', 'bars', 'amber', AMBER),
    parked: entry('Parked', 'clock', 'grey', QUIET),
    finished: entry('Finished', 'check', 'green', PLAIN),
    failed: entry('Failed', 'cross', 'red', RED),
    stopped: entry('Stopped', 'square', 'grey', QUIET),
  },
  finding: {
    blocking: entry('Blocking', 'octagon', 'red', RED),
    error: entry('Error', 'error-square', 'red', RED),
    warning: entry('Warning', 'diamond', 'amber-text', AMBER),
    note: entry('Note', 'ring', 'grey', QUIET),
  },
  change: {
    widening: entry('Widening', 'chevrons-up', 'amber-text', AMBER),
    narrowing: entry('Narrowing', 'chevrons-down', 'green', 'text-grn'),
    prose: entry('Prose only', 'equals', 'grey', QUIET),
  },
} as const satisfies Record<string, Record<string, Entry>>

export type StateKind = keyof typeof STATES
export type StateOf<K extends StateKind> = keyof (typeof STATES)[K]

/** The entry of one state, widened to its common shape. */
export function stateEntry<K extends StateKind>(kind: K, state: StateOf<K>): Entry {
  return STATES[kind][state] as Entry
}
