import { Search } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { KeyHint } from '@/components/ui/key-hint'
import type { Clock } from '@/components/ui/time-words'
import { Colophon } from './colophon'
import { Mark } from './mark'
import { NavIcon } from './nav-icon'
import { NavLink } from './nav-link'
import {
  type ColophonData,
  MORE_PLACES,
  type NavEntry,
  PLACES,
  type ShellCounts,
} from './shell-data'

function Place(props: { place: NavEntry; count: number | undefined }) {
  const { place, count } = props
  return (
    <li>
      <NavLink
        href={place.href}
        title={place.label}
        className="flex h-7 items-center gap-2.5 rounded-box px-2 text-ink-2 hover:bg-hover hover:text-ink max-md:justify-center max-md:px-0"
        current="bg-here! font-medium text-ink!"
      >
        <NavIcon place={place.key} size={15} />
        <span className="max-md:sr-only">{place.label}</span>
        {count ? (
          <span
            className={
              place.key === 'inbox'
                ? 'ml-auto font-semibold text-acc max-md:sr-only'
                : 'ml-auto text-meta text-ink-3 group-aria-[current]/nav:text-ink-2 max-md:sr-only'
            }
          >
            {count}
            {place.key === 'inbox' ? <span className="sr-only"> need you</span> : null}
          </span>
        ) : null}
      </NavLink>
    </li>
  )
}

/** 200 px of navigation; 48 px of icons below 900; gone below 640, where the bottom bar serves. */
export function Sidebar(props: {
  organisation: string
  counts: ShellCounts
  log: ColophonData
  clock: Clock
  person: ReactNode
}) {
  const counts: Partial<Record<string, number>> = props.counts
  return (
    <header className="no-print flex w-[200px] shrink-0 flex-col border-r border-line bg-sunk max-md:w-12 max-sm:hidden">
      <div className="flex h-12 shrink-0 items-center gap-1.5 px-4 max-md:justify-center max-md:px-0">
        <Link href="/" aria-label="Chancery, overview" className="flex items-center gap-1.5">
          <Mark />
          <span className="text-[14px] font-semibold leading-5 max-md:hidden">Chancery</span>
        </Link>
        <span
          className="ml-auto min-w-0 truncate text-meta text-ink-3 max-md:hidden"
          title={props.organisation}
        >
          {props.organisation}
        </span>
      </div>
      <button
        type="button"
        data-open="palette"
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
        title="Search or go to"
        className="mx-2 mb-3 flex h-7 shrink-0 items-center gap-2 rounded-box border border-line-2 bg-bg pr-1.5 pl-2 text-meta text-ink-3 hover:bg-hover max-md:justify-center max-md:px-0"
      >
        <Search aria-hidden="true" size={13} strokeWidth={1.75} />
        <span className="max-md:sr-only">Search or go to</span>
        <KeyHint keys="⌘K" className="ml-auto max-md:hidden" />
      </button>
      <nav aria-label="Main" className="min-h-0 flex-1 overflow-y-auto px-2 pb-2">
        <ul>
          {PLACES.map((place) => (
            <Place key={place.key} place={place} count={counts[place.key]} />
          ))}
        </ul>
        <ul className="mx-2 mt-2 border-t border-line pt-2 max-md:mx-0 [&>li]:-mx-2 max-md:[&>li]:mx-0">
          {MORE_PLACES.map((place) => (
            <Place key={place.key} place={place} count={undefined} />
          ))}
        </ul>
      </nav>
      <Colophon log={props.log} clock={props.clock} />
      {props.person}
    </header>
  )
}
