import type { ReactNode } from 'react'

/**
 * The reader of a held call or a change-set: what is asked, from about 690 px of its own width with
 * the rail beside it; the verbs under all of it. The rail's facts stand below the body when narrow.
 */
export function ItemFrame(props: {
  /** Above everything: what happened meanwhile. */
  notice: ReactNode
  head: ReactNode
  rail: ReactNode
  /** The rail in short, for a narrow reader. */
  facts: ReactNode
  foot: ReactNode
  children: ReactNode
}) {
  return (
    <article className="@container/item flex min-h-0 min-w-0 flex-1 flex-col">
      {props.notice}
      <div className="flex min-h-0 flex-1">
        <div className="min-w-0 flex-1 overflow-y-auto px-6 pt-5 pb-8 max-sm:px-4 max-sm:pt-3">
          {props.head}
          {props.children}
          <div className="pt-4 @min-[690px]/item:hidden">{props.facts}</div>
        </div>
        <aside
          aria-label="Facts"
          className="w-[244px] shrink-0 overflow-y-auto border-l border-line px-4 pt-5 pb-5 @max-[689px]/item:hidden"
        >
          {props.rail}
        </aside>
      </div>
      {props.foot}
    </article>
  )
}
