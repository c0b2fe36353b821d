import clsx from 'clsx'
import { clockWords } from '@/components/ui/time-words'
import type { RunPage } from '@/lib/runs/queries/page'
import { lanesOf } from './words'

const LOOK = {
  model: { top: 'top-0', fill: 'bg-ink-3', word: 'Model' },
  tools: { top: 'top-2', fill: 'bg-acc', word: 'Tools' },
  waiting: { top: 'top-0 h-4!', fill: 'striped', word: 'Waiting for people' },
} as const

/** Who had the run when: the model, its tools, or people. Drawn to scale, with the clock below. */
export function Lanes(props: { run: RunPage; now: number; zone: string }) {
  const { start, end, lanes } = lanesOf(props.run, props.now)
  const over = props.run.finishedAt !== null
  return (
    <figure className="pb-3 max-sm:hidden">
      <figcaption className="flex gap-4 pb-1 text-meta text-ink-2">
        {Object.entries(LOOK).map(([lane, { fill, word }]) => (
          <span key={lane} className="flex items-center gap-1.5">
            <span aria-hidden="true" className={clsx('size-2', fill)} />
            {word}
          </span>
        ))}
      </figcaption>
      <div aria-hidden="true" className="relative h-4 border-b border-line-2">
        {lanes.map((lane, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
            key={index}
            className={clsx(
              'forced-fill absolute h-2 min-w-px',
              LOOK[lane.lane].top,
              LOOK[lane.lane].fill,
            )}
            style={{ left: `${lane.from * 100}%`, width: `${(lane.to - lane.from) * 100}%` }}
          />
        ))}
      </div>
      <div className="flex justify-between pt-0.5 text-axis text-ink-3">
        <span>{clockWords(start, props.zone)}</span>
        <span>{over ? clockWords(end, props.zone) : 'now'}</span>
      </div>
    </figure>
  )
}
