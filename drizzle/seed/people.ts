import type { Role } from '@/lib/auth/permissions'

/** The demo organisation: nobody in it exists. */
export const DEMO_ORGANISATION = 'Halden Freight'

export const DEMO_DEPARTMENTS = [
  { key: 'platform', name: 'Platform' },
  { key: 'data', name: 'Data' },
  { key: 'operations', name: 'Operations' },
] as const
export type DemoDepartment = (typeof DEMO_DEPARTMENTS)[number]['key']

export type DemoPerson = {
  key: string
  name: string
  email: string
  roles: readonly { role: Role; in: DemoDepartment | 'everywhere' }[]
}

const everywhere = (...roles: Role[]) => roles.map((role) => ({ role, in: 'everywhere' as const }))
const inside = (place: DemoDepartment, ...roles: Role[]) =>
  roles.map((role) => ({ role, in: place }))
const person = (key: string, name: string, roles: DemoPerson['roles']): DemoPerson => ({
  key,
  name,
  email: `${key}@halden-freight.example`,
  roles,
})

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  person('ines', 'Ines Kowalczyk', everywhere('administrator', 'viewer')),
  person('mara', 'Mara Lindqvist', everywhere('approver', 'reviewer')),
  person('hanna', 'Hanna Virtanen', [
    ...inside('data', 'approver', 'reviewer'),
    ...inside('operations', 'approver', 'reviewer'),
  ]),
  person('jonas', 'Jonas Weber', inside('platform', 'author', 'operator')),
  person('priya', 'Priya Nair', [
    ...inside('data', 'author', 'operator'),
    ...inside('platform', 'viewer'),
  ]),
  person('tomas', 'Tomás Reyes', [
    ...inside('operations', 'author', 'operator'),
    ...inside('platform', 'operator'),
  ]),
  person('daniel', 'Daniel Okafor', everywhere('auditor')),
  person('lea', 'Léa Moreau', everywhere('viewer')),
]
