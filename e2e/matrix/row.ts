import type { Actor, PersonActor } from '@/lib/auth/actor'
import type { Role } from '@/lib/auth/permissions'
import type { Command } from '@/lib/command/command'
import type { Tx } from '@/lib/db/transaction'
import type { World } from './world'

/** An attempt happens in a transaction that is rolled back, so nothing has to be cleaned up. */
export type Attempt = {
  world: World
  actor: Actor
  /** The actor, or for the product itself somebody it could act on. */
  person: PersonActor
  within: { tx: Tx; now: Date }
}

/**
 * What the matrix says of one command. Written by hand, never computed from the product's own
 * matrix: two people would have to make the same mistake.
 */
export type Row = {
  command: Command<unknown>
  /** Where the thing lies: in department A, nowhere in particular, or with the person who asks. */
  place: 'department' | 'installation' | 'self'
  roles: readonly Role[] | 'everybody'
  /** The product itself (worker, setup, command line). */
  system: boolean
  /** The input that would do it; may make what it needs through `within`. */
  input: (attempt: Attempt) => Promise<unknown> | unknown
  /**
   * How it ends for who may. `done`, or the code of a rule that says no to this very input after
   * the permission was granted.
   */
  ends?: 'done' | 'refused' | 'conflict' | 'invalid' | 'not_found'
  /** What somebody of the department without the permission is told; usually `forbidden`. */
  denied?: 'forbidden' | 'not_found'
}
