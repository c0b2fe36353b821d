import { diffText } from '@/lib/definition/diff'
import { type Merge, mergeTexts } from '@/lib/definition/merge'
import type { TextDiff } from '@/lib/definition/model'

/** Comparisons of texts as messages: the same functions here and in the worker. */
export type TextJob =
  | { kind: 'diff'; before: string; after: string }
  | { kind: 'merge'; base: string; mine: string; theirs: string }
export type TextAnswer<Job extends TextJob> = Job extends { kind: 'diff' } ? TextDiff : Merge

/** Texts up to this many characters together are compared at once: that costs less than asking. */
const AT_ONCE = 60_000

export function workOn<Job extends TextJob>(job: Job): TextAnswer<Job>
export function workOn(job: TextJob): TextDiff | Merge {
  return job.kind === 'diff'
    ? diffText(job.before, job.after)
    : mergeTexts(job.base, job.mine, job.theirs)
}

/** Whether a job may hold up the page. */
export function isShort(job: TextJob): boolean {
  const texts = job.kind === 'diff' ? [job.before, job.after] : [job.base, job.mine, job.theirs]
  return texts.reduce((sum, text) => sum + text.length, 0) <= AT_ONCE
}
