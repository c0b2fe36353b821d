import type { RunWord } from '@/lib/runs/model'
import type { RunRow } from '@/lib/runs/queries/list'
import type { RunPage, TimelineEntry } from '@/lib/runs/queries/page'

/** The shape of a run's word, in the vocabulary of `State`. */
export const RUN_SHAPE = {
  Running: 'running',
  Held: 'held',
  Parked: 'parked',
  Finished: 'finished',
  Failed: 'failed',
  Stopped: 'stopped',
} as const satisfies Record<RunWord, string>

const WAITS: Record<string, string> = {
  tool_call: 'Held, waiting for a decision',
  change_set: 'Held, its changes wait for a decision',
  outcome: 'Held, somebody must say what happened',
  provider: 'Parked, the model did not answer',
}

/** The state of a run in a sentence's beginning. */
export function stateWords(run: Pick<RunRow, 'word' | 'waitingFor'>): string {
  return run.word === 'Held' || run.word === 'Parked'
    ? (WAITS[run.waitingFor ?? ''] ?? run.word)
    : run.word
}

const ENDINGS: Record<string, string> = {
  applied: 'What was approved was carried out.',
  rejected: 'Its changes were rejected. No file was changed.',
  no_changes: 'It changed nothing.',
}

/** What became of a run's changes, by the engine's record and not by the agent's word. */
export function endingWords(outcome: string | null): string {
  return ENDINGS[outcome ?? ''] ?? ''
}

/** "20:14" or "1:02:09" from milliseconds. */
export function clockOf(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000))
  const pad = (n: number) => String(n).padStart(2, '0')
  const hours = Math.floor(seconds / 3600)
  const rest = `${pad(Math.floor(seconds / 60) % 60)}:${pad(seconds % 60)}`
  return hours > 0 ? `${hours}:${rest}` : rest
}

/** Wall-clock time of a step, with seconds: steps follow each other within one minute. */
export function stepTime(at: string, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  }).format(new Date(at))
}

export type Lane = { lane: 'model' | 'tools' | 'waiting'; from: number; to: number }

/**
 * When the model, the tools and people had the run, as shares of its whole time. Model and tools by
 * their measured durations; people while a held call or a change-set waited.
 */
export function lanesOf(run: RunPage, now: number): { start: number; end: number; lanes: Lane[] } {
  const start = Date.parse(run.createdAt)
  const end = Math.max(start + 1, run.finishedAt ? Date.parse(run.finishedAt) : now)
  const share = (at: number) => Math.min(1, Math.max(0, (at - start) / (end - start)))
  const lanes = run.timeline.flatMap((entry) => laneOf(entry, now))
  if (run.waitingFor === 'change_set' && !run.over) {
    const last = run.timeline.at(-1)
    lanes.push({ lane: 'waiting', from: Date.parse(last?.at ?? run.createdAt), to: now })
  }
  return {
    start,
    end,
    lanes: lanes.map(({ lane, from, to }) => ({ lane, from: share(from), to: share(to) })),
  }
}

function laneOf(entry: TimelineEntry, now: number): Lane[] {
  const at = Date.parse(entry.at)
  if (entry.kind === 'said') return [{ lane: 'model', from: at - (entry.durationMs ?? 0), to: at }]
  if (entry.kind !== 'call') return []
  const { call } = entry
  if (call.state === 'awaiting_approval') return [{ lane: 'waiting', from: at, to: now }]
  return [{ lane: 'tools', from: at, to: at + (call.durationMs ?? 0) }]
}
