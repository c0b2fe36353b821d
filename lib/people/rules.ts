import type { Actor } from '@/lib/auth/actor'
import type { Role } from '@/lib/auth/permissions'
import type { PersonState } from './model'

type Held = { personId: string; role: Role; departmentId: string | null }

/**
 * Why a grant cannot be taken away, or null. `administrators` are the active people who hold
 * administrator everywhere, each named once.
 */
export function whyNotRevoke(grant: Held, administrators: readonly string[]): string | null {
  if (grant.role !== 'administrator' || grant.departmentId !== null) return null
  if (administrators.some((id) => id !== grant.personId)) return null
  return 'This is the last administrator. Make somebody else administrator first.'
}

/** Why the actor cannot give this person a role, or null: nobody widens their own rights. */
export function whyNotGrant(
  actor: Actor,
  person: { id: string; state: PersonState },
): string | null {
  if (person.state === 'disabled') return 'This person is disabled. Enable them first.'
  if (actor.kind === 'person' && actor.id === person.id) {
    return 'Nobody gives a role to themselves. Ask another administrator.'
  }
  return null
}

/** Why the actor cannot put this person into a group of reviewers, or null. */
export function whyNotJoin(
  actor: Actor,
  person: { id: string; state: PersonState },
): string | null {
  if (person.state !== 'active') return 'Only active people can be in a group.'
  if (actor.kind === 'person' && actor.id === person.id) {
    return 'Nobody puts themselves into a group. Ask another administrator.'
  }
  return null
}

/** Why this person cannot be disabled, or null. */
export function whyNotDisable(
  actor: Actor,
  person: { id: string; state: PersonState },
  administrators: readonly string[],
): string | null {
  if (person.state === 'disabled') return 'This person is disabled already.'
  if (actor.kind === 'person' && actor.id === person.id) {
    return 'Nobody disables themselves. Ask another administrator.'
  }
  if (administrators.length === 1 && administrators[0] === person.id) {
    return 'This is the last administrator. Make somebody else administrator first.'
  }
  return null
}

/** What became of an invitation link; time is a parameter. */
export function invitationState(
  invitation: { usedAt: Date | null; expiresAt: Date },
  now: Date,
): 'open' | 'used' | 'expired' {
  if (invitation.usedAt !== null) return 'used'
  return invitation.expiresAt.getTime() <= now.getTime() ? 'expired' : 'open'
}

/** A role as it stands at the beginning of a line. */
export function roleWord(role: Role): string {
  return role.charAt(0).toUpperCase() + role.slice(1)
}

/** What a role lets somebody do, in one line. */
export const ROLE_EFFECTS: Record<Role, string> = {
  viewer: 'Reads agents, runs and reviews.',
  author: 'Edits definitions and proposes changes.',
  operator: 'Starts and stops runs.',
  approver: 'Decides on proposals, tool calls and change-sets of other people.',
  reviewer: 'Completes the periodic reviews.',
  auditor: 'Reads and verifies the whole log.',
  administrator: 'Manages people, departments, workspaces and the installation. Decides nothing.',
}
