'use client'

import { Plus, X } from 'lucide-react'
import { Button, IconButton } from '@/components/ui/button'
import { Select } from '@/components/ui/field'
import { ROLES, type Role } from '@/lib/auth/permissions'
import { ROLE_EFFECTS, roleWord } from '@/lib/people/rules'

export type ChosenRole = { role: Role; departmentId: string | null }
export type Place = { id: string | null; name: string }

/** One role and where it holds. */
export function RoleAndPlace(props: {
  name: string
  chosen: ChosenRole
  places: readonly Place[]
  onChange: (next: ChosenRole) => void
}) {
  const { chosen, places } = props
  return (
    <div className="min-w-0 flex-1 max-sm:w-full">
      <div className="flex gap-2 max-sm:flex-col">
        <Select
          className="min-w-0 flex-1"
          aria-label={`${props.name}: role`}
          value={chosen.role}
          onChange={(event) => props.onChange({ ...chosen, role: event.target.value as Role })}
        >
          {ROLES.map((role) => (
            <option key={role} value={role}>
              {roleWord(role)}
            </option>
          ))}
        </Select>
        <Select
          className="min-w-0 flex-1"
          aria-label={`${props.name}: where`}
          value={chosen.departmentId ?? ''}
          onChange={(event) =>
            props.onChange({ ...chosen, departmentId: event.target.value || null })
          }
        >
          {places.map((place) => (
            <option key={place.id ?? ''} value={place.id ?? ''}>
              {place.name}
            </option>
          ))}
        </Select>
      </div>
      <p className="pt-1 text-meta text-ink-3">{ROLE_EFFECTS[chosen.role]}</p>
    </div>
  )
}

/** The roles that a new person starts with; at least one. */
export function RolesInput(props: {
  chosen: readonly ChosenRole[]
  places: readonly Place[]
  onChange: (next: ChosenRole[]) => void
}) {
  const { chosen, places } = props
  const replace = (index: number, next: ChosenRole) =>
    props.onChange(chosen.map((one, at) => (at === index ? next : one)))
  const first = places[0]?.id ?? null
  return (
    <fieldset>
      <legend className="pb-1 text-meta text-ink-2">Roles</legend>
      <ul className="flex flex-col gap-2.5">
        {chosen.map((one, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a role is its place in the list
          <li key={index} className="flex items-start gap-1">
            <RoleAndPlace
              name={`Role ${index + 1}`}
              chosen={one}
              places={places}
              onChange={(next) => replace(index, next)}
            />
            {chosen.length > 1 ? (
              <IconButton
                name={`Remove role ${index + 1}`}
                onClick={() => props.onChange(chosen.filter((_, at) => at !== index))}
              >
                <X aria-hidden="true" size={14} strokeWidth={1.75} />
              </IconButton>
            ) : null}
          </li>
        ))}
      </ul>
      <Button
        size="small"
        tone="quiet"
        className="mt-1.5"
        icon={<Plus aria-hidden="true" size={13} strokeWidth={1.9} />}
        onClick={() => props.onChange([...chosen, { role: 'viewer', departmentId: first }])}
      >
        Another role
      </Button>
    </fieldset>
  )
}
