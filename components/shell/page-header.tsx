import clsx from 'clsx'
import { ChevronLeft, Search } from 'lucide-react'
import Link from 'next/link'
import { Fragment, type ReactNode } from 'react'
import { Mark } from './mark'

export type Crumb = { label: ReactNode; href?: string }

const ON_PHONE = '-ml-3 flex size-11 items-center justify-center sm:hidden'

/**
 * The top bar, 48 px: where the reader is, a quiet remark ("7 need you"), other renderings of the
 * same thing as words, and the page's actions. When the page has no heading of its own, `heading`
 * makes the last crumb its h1. On a phone the way back is the crumb before the last.
 */
export function PageHeader(props: {
  crumbs: readonly Crumb[]
  remark?: ReactNode
  views?: ReactNode
  heading?: boolean
  /** Actions: small buttons with icons. On a phone only the icon is left of each. */
  children?: ReactNode
}) {
  const last = props.crumbs.length - 1
  const parent = props.crumbs[last - 1]
  const Here = props.heading ? 'h1' : 'span'
  return (
    <header className="flex h-12 shrink-0 items-center gap-3 border-b border-line px-5 max-sm:h-[52px] max-sm:gap-1 max-sm:px-4">
      {parent?.href === undefined ? (
        <Link href="/" aria-label="Overview" className={ON_PHONE}>
          <Mark />
        </Link>
      ) : (
        <Link href={parent.href} aria-label="Back" className={ON_PHONE}>
          <ChevronLeft aria-hidden="true" size={18} strokeWidth={1.75} />
        </Link>
      )}
      <nav aria-label="Where you are" className="flex min-w-0 items-baseline gap-2">
        {props.crumbs.map((crumb, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a crumb is its place
          <Fragment key={index}>
            {index > 0 ? (
              <span aria-hidden="true" className="text-ink-3 max-sm:hidden">
                /
              </span>
            ) : null}
            {index === last ? (
              <Here aria-current="page" className="truncate font-medium text-ink max-sm:text-title">
                {crumb.label}
              </Here>
            ) : (
              <Link
                href={crumb.href ?? '/'}
                className="truncate rounded-tag text-ink-2 hover:text-ink max-sm:hidden"
              >
                {crumb.label}
              </Link>
            )}
          </Fragment>
        ))}
        {props.remark ? (
          <span className="truncate pl-0.5 text-ink-2 max-sm:text-ink-3">{props.remark}</span>
        ) : null}
      </nav>
      <div className="ml-auto flex shrink-0 items-center gap-2 max-sm:gap-0 max-sm:[&>.border-line-2]:border-transparent max-sm:[&_.word:not(:first-child)]:sr-only">
        {props.views}
        {props.children}
        <button
          type="button"
          data-open="palette"
          aria-label="Search or go to"
          aria-haspopup="dialog"
          className="-mr-3 flex size-11 items-center justify-center text-ink-2 sm:hidden"
        >
          <Search aria-hidden="true" size={18} strokeWidth={1.75} />
        </button>
      </div>
    </header>
  )
}

type View = { label: string; href: string; current: boolean }
/** Other renderings of the same thing, as words in the top bar ("Steps", "Raw events"). */
export function Views(props: { views: readonly View[] }) {
  return (
    <nav aria-label="Views" className="flex items-center gap-4 px-2 max-sm:hidden">
      {props.views.map((view) => (
        <Link
          key={view.href}
          href={view.href}
          aria-current={view.current ? 'page' : undefined}
          className={clsx(
            'rounded-tag',
            view.current ? 'font-medium text-ink' : 'text-ink-2 hover:text-ink',
          )}
        >
          {view.label}
        </Link>
      ))}
    </nav>
  )
}
