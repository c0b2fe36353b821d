import clsx from 'clsx'
import { Shape } from '@/components/ui/shape'

export type Step = { title: string; remark: string; state: 'done' | 'now' | 'later' }

/** The steps of the setup: a check for what is done, the number for what is not. */
export function Steps(props: { steps: readonly Step[] }) {
  return (
    <ol className="mt-5 border-t border-line max-md:hidden">
      {props.steps.map((step, index) => (
        <li
          key={step.title}
          aria-current={step.state === 'now' ? 'step' : undefined}
          className="flex gap-3 border-b border-line py-2"
        >
          <span className="flex h-5 w-5 shrink-0 items-center justify-center text-meta text-ink-3">
            {step.state === 'done' ? <Shape name="check" ink="green" /> : index + 1}
          </span>
          <span className="min-w-0">
            <span className={clsx('block', step.state === 'now' && 'font-semibold')}>
              {step.title}
              {step.state === 'done' ? <span className="sr-only">, done</span> : null}
            </span>
            <span className="block break-words text-meta text-ink-3">
              <bdi>{step.remark}</bdi>
            </span>
          </span>
        </li>
      ))}
    </ol>
  )
}
