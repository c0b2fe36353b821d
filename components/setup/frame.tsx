import type { ReactNode } from 'react'
import { Mark } from '@/components/shell/mark'

/**
 * The frame of the screens before the console: what this is at the left, what to do at the right,
 * and at the foot the one verb. On a phone the left part stands above.
 */
export function EntryFrame(props: {
  /** Beside the mark: the organisation, or where this runs. */
  place?: ReactNode
  title: ReactNode
  sentence?: ReactNode
  /** Steps, or what else belongs to the left. */
  aside?: ReactNode
  children: ReactNode
}) {
  return (
    <div className="flex min-h-dvh max-md:flex-col">
      <header className="flex w-[340px] shrink-0 flex-col border-r border-line bg-sunk px-6 py-5 max-md:w-auto max-md:border-r-0 max-md:border-b max-md:px-4 max-md:py-4">
        <div className="flex items-center gap-1.5">
          <Mark />
          <span className="text-[14px] font-semibold leading-5">Chancery</span>
          {props.place ? (
            <span className="ml-auto min-w-0 break-words pl-4 text-right text-meta text-ink-3">
              <bdi>{props.place}</bdi>
            </span>
          ) : null}
        </div>
        <h1 className="pt-6 text-heading max-md:pt-4">{props.title}</h1>
        {props.sentence ? <p className="max-w-[42ch] pt-1 text-ink-2">{props.sentence}</p> : null}
        {props.aside}
      </header>
      <main id="main" className="flex min-w-0 flex-1 flex-col">
        {props.children}
      </main>
    </div>
  )
}

/** The right part of a short screen: one column of 400 px, where the eye lands first. */
export function EntryColumn(props: { children: ReactNode }) {
  return (
    <div className="w-full max-w-[448px] px-12 pt-[68px] pb-12 max-md:px-4 max-md:pt-6">
      {props.children}
    </div>
  )
}
