/** What the shell shows around every screen. Plain data: a layout reads it and passes it on. */

export type ShellPerson = {
  name: string
  /** Shown under the name, as people say them: "Security · approver". */
  roles: string
  /** Unread notices. */
  notices: number
}

/** State of the audit log as the colophon tells it. `broken` needs its reason. */
export type ColophonData = {
  /** Root hash of the last checkpoint, 64 hex digits; null before the first one. */
  root: string | null
  /** Facts under that root. */
  size: number
  checkpointAt: Date | string | null
  state: 'sealed' | 'open' | 'broken'
  reason?: string | undefined
}

export type ShellCounts = { inbox: number; agents: number; runs: number; reviews: number }

export type DemoPerson = { id: string; name: string; roles: string }

/** Server actions that the person menu calls; what is left out is not offered. */
export type ShellActions = {
  signOut?: (() => Promise<void>) | undefined
  switchPerson?: ((personId: string) => Promise<void>) | undefined
}

export type NavKey =
  | 'inbox'
  | 'overview'
  | 'agents'
  | 'runs'
  | 'reviews'
  | 'log'
  | 'constitution'
  | 'waivers'
  | 'people'
  | 'settings'

export type NavEntry = { key: NavKey; label: string; href: string; go: string }

/** The places of the product, in the order of the sidebar; `go` follows the key G. */
export const PLACES: readonly NavEntry[] = [
  { key: 'inbox', label: 'Inbox', href: '/inbox', go: 'i' },
  { key: 'overview', label: 'Overview', href: '/', go: 'o' },
  { key: 'agents', label: 'Agents', href: '/agents', go: 'a' },
  { key: 'runs', label: 'Runs', href: '/runs', go: 'r' },
  { key: 'reviews', label: 'Reviews', href: '/reviews', go: 'c' },
  { key: 'log', label: 'Log', href: '/log', go: 'l' },
]

export const MORE_PLACES: readonly NavEntry[] = [
  { key: 'constitution', label: 'Constitution', href: '/constitution', go: 'k' },
  { key: 'waivers', label: 'Waivers', href: '/waivers', go: 'w' },
  { key: 'people', label: 'People', href: '/people', go: 'p' },
  { key: 'settings', label: 'Settings', href: '/settings', go: 's' },
]

/** An agent as the palette lists it. */
export type FoundAgent = { name: string; href: string; remark?: string }
export type FindAgents = (query: string) => Promise<FoundAgent[]>
