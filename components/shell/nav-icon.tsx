import {
  BookMarked,
  CalendarCheck2,
  FileBadge,
  Inbox,
  LayoutList,
  type LucideIcon,
  Play,
  ScrollText,
  SlidersHorizontal,
  Stamp,
  UsersRound,
} from 'lucide-react'
import type { NavKey } from './shell-data'

const ICONS: Record<NavKey, LucideIcon> = {
  inbox: Inbox,
  overview: LayoutList,
  agents: FileBadge,
  runs: Play,
  reviews: CalendarCheck2,
  log: ScrollText,
  constitution: BookMarked,
  waivers: Stamp,
  people: UsersRound,
  settings: SlidersHorizontal,
}

/** The icon of a place; 15 px in the sidebar, 20 in the bottom bar. */
export function NavIcon(props: { place: NavKey; size: number }) {
  const Icon = ICONS[props.place]
  return <Icon aria-hidden="true" size={props.size} strokeWidth={1.75} className="shrink-0" />
}
