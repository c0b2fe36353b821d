import type { Actor } from './actor'

export const ROLES = [
  'viewer',
  'author',
  'operator',
  'approver',
  'reviewer',
  'auditor',
  'administrator',
] as const
export type Role = (typeof ROLES)[number]

const EVERYONE: readonly Role[] = ROLES

type Entry = { roles: readonly Role[]; system: boolean; privileged?: boolean; self?: boolean }

/**
 * The one permission matrix: permission → roles that hold it, in the scope of their grant.
 * `privileged` permissions leave a fact when they are refused. `self` ones every signed-in person
 * holds, even without a role, because they reach nothing but that person's own things.
 */
const MATRIX = {
  'catalog.read': { roles: EVERYONE, system: true },
  'agent.import': { roles: ['author', 'administrator'], system: false },
  'agent.assign': { roles: ['administrator'], system: false, privileged: true },
  'agent.check': { roles: ['author', 'approver', 'reviewer', 'administrator'], system: false },
  'agent.suspend': { roles: ['approver', 'administrator'], system: false, privileged: true },
  'draft.edit': { roles: ['author'], system: false },
  'proposal.open': { roles: ['author'], system: false },
  'proposal.withdraw': { roles: ['author'], system: false },
  'approval.decide': { roles: ['approver'], system: false, privileged: true },
  // Setting aside, being on it, handing over: nothing that decides.
  'approval.arrange': { roles: ['approver'], system: false },
  'approval.expire': { roles: [], system: true },
  'run.start': { roles: ['operator'], system: false },
  'run.stop': { roles: ['operator', 'approver', 'administrator'], system: false },
  'run.advance': { roles: [], system: true },
  'review.complete': { roles: ['reviewer'], system: false, privileged: true },
  'workspace.register': { roles: ['administrator'], system: false, privileged: true },
  'department.create': { roles: ['administrator'], system: false, privileged: true },
  'people.read': { roles: EVERYONE, system: true },
  'people.invite': { roles: ['administrator'], system: false, privileged: true },
  'people.disable': { roles: ['administrator'], system: false, privileged: true },
  // Nobody holds it through the console: who can open a way into another person's account could
  // also sign as that person. Only whoever keeps the machine can, by command, and it is a fact.
  'people.recover': { roles: [], system: true, privileged: true },
  'role.grant': { roles: ['administrator'], system: false, privileged: true },
  'session.own': { roles: EVERYONE, system: false, self: true },
  'log.read': { roles: ['auditor', 'administrator', 'approver', 'reviewer'], system: true },
  'log.verify': { roles: ['auditor', 'administrator'], system: true },
  'catalog.check': { roles: [], system: true },
  'constitution.edit': { roles: ['administrator', 'approver'], system: false, privileged: true },
  'waiver.request': { roles: ['author', 'approver'], system: false },
  'waiver.revoke': { roles: ['approver', 'administrator'], system: false, privileged: true },
  'routing.edit': { roles: ['author', 'approver', 'administrator'], system: false },
  'absence.own': { roles: EVERYONE, system: false, self: true },
  'view.own': { roles: EVERYONE, system: false, self: true },
  'installation.manage': { roles: ['administrator'], system: true, privileged: true },
} as const satisfies Record<string, Entry>

export type Permission = keyof typeof MATRIX
export const PERMISSIONS = Object.keys(MATRIX) as Permission[]

const entry = (permission: Permission): Entry => MATRIX[permission]

export function isPrivileged(permission: Permission): boolean {
  return entry(permission).privileged === true
}
/** The roles that hold a permission, for the sentence "ask an approver". */
export function rolesWith(permission: Permission): readonly Role[] {
  return entry(permission).roles
}

/**
 * May the actor do this in this department? `departmentId` null means the whole installation, which
 * only a grant made everywhere covers.
 */
export function can(actor: Actor, permission: Permission, departmentId: string | null): boolean {
  const { roles, system, self } = entry(permission)
  if (actor.kind === 'system') return system
  if (self === true) return true
  return actor.grants.some(
    (grant) =>
      roles.includes(grant.role) &&
      (grant.departmentId === null || grant.departmentId === departmentId),
  )
}

/** What a list may show. Goes into SQL as a condition, never as a filter afterwards. */
export type Scope = { everywhere: boolean; departments: readonly string[] }

/** The departments in which the actor holds a permission. */
export function scopeOf(actor: Actor, permission: Permission): Scope {
  if (actor.kind === 'system') return { everywhere: entry(permission).system, departments: [] }
  const held = actor.grants.filter((grant) => entry(permission).roles.includes(grant.role))
  return {
    everywhere: held.some((grant) => grant.departmentId === null),
    departments: held.flatMap((grant) => grant.departmentId ?? []),
  }
}
