import clsx from 'clsx'
import type { ReactNode } from 'react'
import { Shape } from './shape'

/**
 * What stands where nothing is: one sentence, the next due thing, a button. Left-aligned, no
 * picture. The same frame says that something may not be seen, and who to ask.
 */
export function Empty(props: {
  title: ReactNode
  children?: ReactNode
  actions?: ReactNode
  className?: string
}) {
  return (
    <div className={clsx('max-w-[440px] px-10 py-16 max-sm:px-4 max-sm:py-10', props.className)}>
      <h2 className="text-title">{props.title}</h2>
      {props.children ? <div className="pt-0.5 text-ink-2">{props.children}</div> : null}
      {props.actions ? (
        <div className="flex flex-wrap items-center gap-2 pt-3">{props.actions}</div>
      ) : null}
    </div>
  )
}

/**
 * A part that could not be read, in its place: what failed, what is safe, what to do, the code.
 * The rest of the page stays.
 */
export function PartError(props: { title: string; children: ReactNode; action?: ReactNode }) {
  return (
    <div role="alert" className="flex gap-3 border-b border-line bg-red-soft px-4 py-2">
      <Shape name="square" ink="red" className="mt-1" />
      <div className="min-w-0 flex-1">
        <p className="font-semibold text-red">{props.title}</p>
        <div className="max-w-[62ch] text-ink-2">{props.children}</div>
      </div>
      {props.action}
    </div>
  )
}

/** Something changed under the reader ("Ines Kowalczyk denied this 20 s ago."); nothing is lost. */
export function Notice(props: { icon?: ReactNode; tone?: 'plain' | 'amber'; children: ReactNode }) {
  return (
    <div
      role="status"
      className={clsx(
        'flex items-start gap-2.5 border-b border-line px-4 py-2 [&>svg]:mt-1 [&>svg]:shrink-0 [&_strong]:font-semibold',
        props.tone === 'amber' && 'bg-amb-soft',
      )}
    >
      {props.icon}
      <div className="min-w-0">{props.children}</div>
    </div>
  )
}
