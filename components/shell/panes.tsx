import clsx from 'clsx'
import type { ReactNode } from 'react'

const RAIL = {
  rail: 'xl:grid-cols-[minmax(0,1fr)_244px]',
  object: 'xl:grid-cols-[minmax(0,1fr)_272px]',
  decide: 'xl:grid-cols-[minmax(0,1fr)_336px]',
  run: 'xl:grid-cols-[minmax(0,1fr)_360px]',
  wide: 'xl:grid-cols-[minmax(0,1fr)_396px]',
} as const

/** A pane that scrolls by itself; everything below the top bar lives in one. */
export function Pane(props: {
  label?: string
  className?: string
  /** Nothing inside may take the focus, so the pane itself does: a keyboard must scroll it. */
  focusable?: boolean
  children: ReactNode
}) {
  return (
    <section
      aria-label={props.label}
      tabIndex={props.focusable ? 0 : undefined}
      className={clsx('min-h-0 min-w-0 flex-1 overflow-y-auto', props.className)}
    >
      {props.children}
    </section>
  )
}

/**
 * A list of 384 px beside the reader. Below 1100 px only one of them is there: the list, or with
 * `reading` the reader. `width` "half" gives the list what a reader of 560 px leaves.
 */
export function ListAndReader(props: {
  list: ReactNode
  reader: ReactNode
  listLabel: string
  reading: boolean
  width?: 'list' | 'half' | 'drawer'
}) {
  const width = props.width ?? 'list'
  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-label={props.listLabel}
        className={clsx(
          'flex min-h-0 min-w-0 flex-col overflow-y-auto max-lg:flex-1',
          width === 'list' && 'w-[384px] shrink-0 max-lg:w-auto',
          width !== 'list' && 'flex-1',
          props.reading && 'max-lg:hidden',
        )}
      >
        {props.list}
      </section>
      <div
        className={clsx(
          'flex min-h-0 min-w-0 flex-col border-l border-line max-lg:border-l-0',
          width === 'list' && 'flex-1',
          width === 'half' && 'w-[560px] shrink-0 max-lg:w-auto max-lg:flex-1',
          width === 'drawer' && 'w-[424px] shrink-0 max-lg:w-auto max-lg:flex-1',
          !props.reading && 'max-lg:hidden',
        )}
      >
        {props.reader}
      </div>
    </div>
  )
}

/**
 * A reader: heading, body, and beside them from 1280 px a rail behind a hairline; below that the
 * rail stands as facts between the heading and the body. `foot` stays on screen under all of it:
 * the verbs, with the seam on their upper edge.
 */
export function Reader(props: {
  head?: ReactNode
  rail?: ReactNode
  railLabel?: string
  railWidth?: keyof typeof RAIL
  foot?: ReactNode
  children: ReactNode
}) {
  const railed = props.rail !== undefined && props.rail !== null
  return (
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <div
        className={clsx(
          'grid min-h-0 flex-1 content-start overflow-y-auto max-xl:grid-cols-[minmax(0,1fr)]',
          railed ? RAIL[props.railWidth ?? 'rail'] : 'grid-cols-[minmax(0,1fr)]',
          railed && 'xl:grid-rows-[auto_1fr]',
        )}
      >
        {props.head ? (
          <div className="px-6 pt-5 max-sm:px-4 xl:col-start-1">{props.head}</div>
        ) : null}
        {railed ? (
          <aside
            aria-label={props.railLabel ?? 'Facts'}
            className="border-line px-5 pb-5 max-xl:border-b max-xl:px-6 max-xl:pt-4 max-sm:px-4 xl:col-start-2 xl:row-span-2 xl:row-start-1 xl:border-l xl:pt-5"
          >
            {/* Stays in sight while the body is read; when it is longer, it scrolls along. */}
            <div className="xl:sticky xl:top-5">{props.rail}</div>
          </aside>
        ) : null}
        <div className="px-6 pt-5 pb-6 max-sm:px-4 xl:col-start-1">{props.children}</div>
      </div>
      {props.foot ? <div className="shrink-0">{props.foot}</div> : null}
    </div>
  )
}

/** The bar under a reader that holds the verbs: pinned, and at the thumb on a phone. */
export function VerbBar(props: { seam?: ReactNode; lead?: ReactNode; children: ReactNode }) {
  return (
    <div data-verbs="" className={clsx('bg-bg', props.seam ? '-mt-1.5' : 'border-t border-line-2')}>
      {props.seam}
      <div className="flex min-h-[74px] flex-wrap items-center gap-x-6 gap-y-2 px-6 py-3 max-sm:px-4">
        {props.lead}
        <div className="ml-auto flex flex-wrap items-center gap-2 max-sm:w-full max-sm:[&>*]:h-(--control-commit) max-sm:[&>*]:flex-1">
          {props.children}
        </div>
      </div>
    </div>
  )
}
