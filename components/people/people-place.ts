import { PERSON_STATES, type PersonState } from '@/lib/people/model'

/** What the address of the list says. */
export type PeoplePlace = {
  text: string
  state: PersonState | null
  after: string | null
  invite: boolean
}

type Query = Partial<Record<string, string | string[]>>
const one = (value: string | string[] | undefined) => (Array.isArray(value) ? value[0] : value)

export function readPlace(query: Query): PeoplePlace {
  return {
    text: (one(query.q) ?? '').trim().slice(0, 200),
    state: PERSON_STATES.find((state) => state === one(query.state)) ?? null,
    after: one(query.after) ?? null,
    invite: one(query.invite) !== undefined,
  }
}

export function hrefOf(place: Partial<PeoplePlace>): string {
  const query = new URLSearchParams()
  if (place.text) query.set('q', place.text)
  if (place.state) query.set('state', place.state)
  if (place.after) query.set('after', place.after)
  if (place.invite) query.set('invite', '1')
  const text = query.toString()
  return text === '' ? '/people' : `/people?${text}`
}
