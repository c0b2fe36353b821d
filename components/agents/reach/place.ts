import { REACH_KINDS, type ReachSubject } from '@/lib/agents/model'

type Params = Record<string, string | string[] | undefined>

/** Whose reach the address asks for; the first that is there. */
export function reachPlace(params: Params): ReachSubject | null {
  for (const kind of REACH_KINDS) {
    const name = params[kind]
    if (typeof name === 'string' && name !== '' && name.length <= 200) return { kind, name }
  }
  return null
}

/** The address of a reach. */
export function reachHref({ kind, name }: ReachSubject): string {
  return `/agents/reach?${new URLSearchParams({ [kind]: name })}`
}
