import { OctagonX } from 'lucide-react'
import Link from 'next/link'
import { TallyMark } from '@/components/ui/tally'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import { colophonWords } from './colophon'
import { NavIcon } from './nav-icon'
import { NavLink } from './nav-link'
import { type ColophonData, PLACES, type ShellCounts } from './shell-data'

const ON_PHONE = ['inbox', 'runs', 'agents', 'reviews'] as const
const ITEM = 'flex h-16 flex-col items-center justify-center gap-1 text-tiny'

/** Below 640 px: four places and Stop at the thumb; above them the state of the log. */
export function BottomBar(props: { counts: ShellCounts; log: ColophonData; clock: Clock }) {
  const { log, clock } = props
  const places = ON_PHONE.flatMap((key) => PLACES.find((place) => place.key === key) ?? [])
  return (
    <footer className="bottom-bar no-print shrink-0 border-t border-line bg-sunk sm:hidden">
      {log.state === 'broken' ? (
        <p className="flex items-center gap-2.5 border-b border-line bg-red-soft px-4 py-2 text-meta text-red">
          {log.root ? <TallyMark digest={log.root} rule={{ state: 'broken' }} /> : null}
          {colophonWords(log)}. {log.reason}
        </p>
      ) : (
        <p className="flex items-center gap-2.5 border-b border-line-2 bg-bg px-4 py-2 text-meta text-ink-2 [@media(height<700px)]:sr-only">
          {log.root ? <TallyMark digest={log.root} rule={{ state: 'sealed' }} /> : null}
          <span>
            {colophonWords(log)}
            {log.checkpointAt ? (
              <>
                , checkpoint <Time at={log.checkpointAt} clock={clock} />
              </>
            ) : null}
          </span>
        </p>
      )}
      <nav aria-label="Main">
        <ul className="grid grid-cols-5">
          {places.map((place) => (
            <li key={place.key}>
              <NavLink href={place.href} className={`${ITEM} text-ink-2`} current="text-acc!">
                <NavIcon place={place.key} size={20} />
                {place.label}
              </NavLink>
            </li>
          ))}
          <li>
            <Link href="/runs?view=open" className={`${ITEM} text-red`}>
              <OctagonX aria-hidden="true" size={20} strokeWidth={1.75} />
              Stop<span className="sr-only"> a run</span>
            </Link>
          </li>
        </ul>
      </nav>
    </footer>
  )
}
