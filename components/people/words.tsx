import { Shape } from '@/components/ui/shape'
import type { ShapeInk, ShapeName } from '@/components/ui/state-words'
import type { PersonState as StateOfPerson } from '@/lib/people/model'
import type { HeldRole } from '@/lib/people/queries/people'

const STATES: Record<StateOfPerson, { word: string; shape: ShapeName; ink: ShapeInk }> = {
  invited: { word: 'Invited', shape: 'dashed-ring', ink: 'grey' },
  active: { word: 'Active', shape: 'disc', ink: 'green' },
  disabled: { word: 'Disabled', shape: 'struck-ring', ink: 'grey' },
}

/** The state of a person as shape and word. */
export function PersonState(props: { is: StateOfPerson; late?: boolean }) {
  const { word, shape, ink } = STATES[props.is]
  return (
    <span className="inline-flex h-[1lh] items-center gap-1.5 align-top text-ink-2">
      <Shape name={shape} ink={ink} />
      {props.late ? `${word}, link expired` : word}
    </span>
  )
}

/** An invitation that nobody can use any more. */
export function isLate(person: { state: StateOfPerson; invitedUntil: Date | null }, now: number) {
  return person.state === 'invited' && (person.invitedUntil?.getTime() ?? 0) <= now
}

export type PlaceOfRoles = { place: string; roles: string[] }
/** Roles by the place where they hold: everywhere first, then departments by name. */
export function rolesByPlace(held: readonly HeldRole[]): PlaceOfRoles[] {
  const places = new Map<string | null, string[]>()
  for (const { department, role } of held) {
    places.set(department, [...(places.get(department) ?? []), role])
  }
  return [...places]
    .sort(([a], [b]) => (a === null ? -1 : b === null ? 1 : a.localeCompare(b, 'en')))
    .map(([department, roles]) => ({ place: department ?? 'everywhere', roles }))
}

/** "administrator, author everywhere · approver in Finance", wrapping as it needs. */
export function RoleWords(props: { held: readonly HeldRole[] }) {
  const places = rolesByPlace(props.held)
  if (places.length === 0) return <span className="text-ink-3">No role</span>
  return (
    <ul className="flex flex-wrap gap-x-4">
      {places.map(({ place, roles }) => (
        <li key={place}>
          {roles.join(', ')}{' '}
          <span className="text-ink-3">{place === 'everywhere' ? place : <bdi>{place}</bdi>}</span>
        </li>
      ))}
    </ul>
  )
}

/** The roles of somebody in a few words, for the foot of the sidebar. */
export function rolesInWords(grants: readonly { role: string }[]): string {
  const roles = [...new Set(grants.map((grant) => grant.role))]
  if (roles.length === 0) return 'no role yet'
  return roles.length > 3
    ? `${roles.slice(0, 2).join(', ')} and ${roles.length - 2} more`
    : roles.join(', ')
}
