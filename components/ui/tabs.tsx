import clsx from 'clsx'
import Link from 'next/link'

type Tab = { label: string; href: string; count?: number | undefined; current: boolean }

/** Parts of an object, as links: the address says which one is open. Ink line under the current. */
export function Tabs(props: { label: string; tabs: readonly Tab[]; className?: string }) {
  return (
    <nav
      aria-label={props.label}
      className={clsx('flex gap-5 overflow-x-auto border-b border-line', props.className)}
    >
      {props.tabs.map((tab) => (
        <Link
          key={tab.href}
          href={tab.href}
          aria-current={tab.current ? 'page' : undefined}
          className={clsx(
            'flex h-9 shrink-0 items-center gap-1.5 whitespace-nowrap border-b-2 -mb-px max-sm:h-11 focus-visible:-outline-offset-2',
            tab.current
              ? 'border-ink font-semibold text-ink'
              : 'border-transparent text-ink-2 hover:text-ink',
          )}
        >
          {tab.label}
          {tab.count === undefined ? null : (
            <span className="font-normal text-meta text-ink-3">{tab.count}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}

/** Saved views of a list: words in a row, the current one on `hover`. */
export function SavedViews(props: { label: string; views: readonly Tab[] }) {
  return (
    <nav aria-label={props.label} className="flex items-center gap-0.5 overflow-x-auto">
      {props.views.map((view) => (
        <Link
          key={view.href}
          href={view.href}
          aria-current={view.current ? 'page' : undefined}
          className={clsx(
            'flex h-[26px] shrink-0 items-center gap-1.5 whitespace-nowrap rounded-box px-2 max-sm:h-11 focus-visible:-outline-offset-2',
            view.current ? 'bg-hover font-semibold text-ink' : 'text-ink-2 hover:text-ink',
          )}
        >
          {view.label}
          {view.count === undefined ? null : (
            <span className="font-normal text-meta text-ink-3">{view.count}</span>
          )}
        </Link>
      ))}
    </nav>
  )
}
