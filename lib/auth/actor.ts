import type { Role } from './permissions'

/** A role held in one department, or everywhere (`departmentId` null). */
export type Grant = { role: Role; departmentId: string | null }

/** Somebody with a live session (or the operator of the command line acting as a named person). */
export type PersonActor = {
  kind: 'person'
  id: string
  name: string
  email: string
  /** How they proved who they are; goes into every fact. */
  via: 'password' | 'oidc' | 'setup' | 'invitation' | 'demo' | 'cli'
  /** First 16 hex digits of the session id's hash; null on the command line. */
  sessionHash: string | null
  grants: readonly Grant[]
}

/** The product itself: the worker, the first-run setup. Has only the permissions listed for it. */
export type SystemActor = {
  kind: 'system'
  id: 'worker' | 'setup' | 'cli' | 'sign-in'
  name: string
}

/** Who is asking. Minted only in `lib/auth`; never read from a payload. */
export type Actor = PersonActor | SystemActor

export const WORKER: SystemActor = { kind: 'system', id: 'worker', name: 'Chancery worker' }
export const SETUP: SystemActor = { kind: 'system', id: 'setup', name: 'Setup' }
/** Whoever keeps the machine, at its command line, before a person is named. */
export const CLI: SystemActor = { kind: 'system', id: 'cli', name: 'Command line' }
/** The sign-in page: the actor of the fact that a sign-in was refused. Writes nothing else. */
export const SIGN_IN: SystemActor = { kind: 'system', id: 'sign-in', name: 'Sign-in' }
