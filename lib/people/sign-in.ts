import 'server-only'
import { sql } from 'drizzle-orm'
import { appendEvent } from '@/lib/audit/append'
import type { FactOf } from '@/lib/audit/catalogue'
import { SIGN_IN } from '@/lib/auth/actor'
import { hashPassword, verifyPassword } from '@/lib/auth/passwords'
import { type Rate, takeToken } from '@/lib/auth/rate-limit'
import {
  actorForIdentity,
  actorForInvitation,
  actorForPerson,
  actorForSession,
} from '@/lib/auth/sessions'
import { ChanceryError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import { db } from '@/lib/db/client'
import { transaction } from '@/lib/db/transaction'
import { acceptByIdentity, linkIdentity } from './commands/join'
import { endSession, startSession } from './commands/sessions'

/** Where an attempt came from. `address` is a prefix (`addressPrefix`), never a full address. */
export type Origin = { address: string; userAgent: string | null; requestId: string | undefined }

/** By account and address: a person who mistypes. By address: a guesser who changes accounts. */
const BY_BOTH: Rate = { burst: 10, everyMs: 30_000 }
const BY_ADDRESS: Rate = { burst: 60, everyMs: 5_000 }
/** By account alone, wide enough that a stranger cannot lock the owner out for long. */
const BY_ACCOUNT: Rate = { burst: 100, everyMs: 20_000 }

/**
 * Signs in by e-mail and password. Returns the session's id, or null when they do not belong
 * together: the same answer after the same work for an unknown person, a wrong password, a disabled
 * person and one who has not joined. Throws `limit` with `retryAfterSeconds`. Every refusal leaves
 * the fact `session.refused`; the reason is for the auditor, never for the visitor.
 */
export async function signInWithPassword(
  attempt: { email: string; password: string },
  origin: Origin,
): Promise<string | null> {
  const email = attempt.email.trim().toLowerCase().slice(0, 254)
  const plain = attempt.password.slice(0, 1_000)
  await takeTokens(email, origin)
  const found = await credentialsOf(email)
  const active = found?.state === 'active'
  const verdict = await verifyPassword(plain, active ? found.phc : null)
  const actor = verdict.ok && found ? await actorForPerson({ id: found.id }, 'password') : null
  if (actor === null) {
    await refuseSignIn(
      { via: 'password', because: reasonOf(found), personId: found?.id, email },
      origin,
    )
    return null
  }
  const rehashed = verdict.rehash ? await hashPassword(plain) : null
  const input = { userAgent: origin.userAgent, rehashed }
  const started = await startSession.execute(actor, input, { requestId: origin.requestId })
  return started.value.sessionId
}

async function takeTokens(email: string, origin: Origin): Promise<void> {
  // E-mails stay out of the table of buckets: it is not governed and nobody erases it.
  const account = sha256(email).slice(0, 32)
  await takeToken(`sign-in:address:${origin.address}`, BY_ADDRESS)
  await takeToken(`sign-in:both:${account}:${origin.address}`, BY_BOTH)
  await takeToken(`sign-in:account:${account}`, BY_ACCOUNT)
}

type Credentials = { id: string; state: 'invited' | 'active' | 'disabled'; phc: string | null }

async function credentialsOf(email: string): Promise<Credentials | null> {
  const [row] = await db().execute<Credentials>(sql`
    select p.id, p.state, w.phc from person p left join password w on w.person_id = p.id
    where lower(p.email) = ${email}`)
  return row ?? null
}

type Because = FactOf<'session.refused'>['data']['because']

function reasonOf(found: Credentials | null): Because {
  if (found === null) return 'unknown_person'
  if (found.state === 'disabled') return 'disabled'
  if (found.state === 'invited' || found.phc === null) return 'not_joined'
  return 'wrong_password'
}

/** Leaves the fact of a refused sign-in. What looks like no e-mail may be a password: not kept. */
async function refuseSignIn(
  refusal: {
    via: 'password' | 'oidc'
    because: Because
    personId?: string | undefined
    email?: string
  },
  origin: Origin,
): Promise<void> {
  const { via, because, personId, email } = refusal
  const told = email !== undefined && /^\S+@\S+\.\S+$/.test(email) ? { email } : {}
  await transaction(async (tx) => {
    const rows = await tx.execute<{ now: string }>(sql`select now() as now`)
    const now = new Date(rows[0]?.now ?? Date.now())
    await appendEvent(tx, {
      id: newId<'event'>(now.getTime()),
      actor: SIGN_IN,
      requestId: origin.requestId,
      now,
      fact: {
        action: 'session.refused',
        outcome: 'denied',
        targets: personId === undefined ? [] : [{ t: 'person', id: personId }],
        data: { via, because },
        private: { ...told, address: origin.address },
      },
    })
  })
}

export type Identity = { issuer: string; subject: string }
/** What the browser that comes back from the provider brought along. */
export type Intents = {
  /** Secret of an invitation that its page was opened with. */
  invitation: string | null
  /** The live session of this browser, and the session that asked for linking, by its hash. */
  sessionId: string | null
  linkFor: string | null
}

/**
 * Decides on somebody who has proven an identity at the provider. An identity we know signs in. An
 * unknown one belongs to nobody, whatever e-mail or name it tells, unless the same browser holds an
 * open invitation (it then accepts it) or a live session that asked for linking a moment ago (it
 * then gains a second way in). Returns whether the identity may sign in now.
 */
export async function admitIdentity(
  identity: Identity,
  intents: Intents,
  origin: Origin,
): Promise<boolean> {
  const options = { requestId: origin.requestId }
  if (await actorForIdentity(identity)) return true
  if (await adopt(identity, intents, options)) return true
  const [known] = await db().execute<{ id: string }>(sql`
    select person_id as id from identity
    where issuer = ${identity.issuer} and subject = ${identity.subject}`)
  const because = known ? 'disabled' : 'unknown_person'
  await refuseSignIn({ via: 'oidc', because, personId: known?.id }, origin)
  return false
}

async function adopt(
  identity: Identity,
  intents: Intents,
  options: { requestId: string | undefined },
): Promise<boolean> {
  try {
    if (intents.invitation !== null) {
      const invited = await actorForInvitation(intents.invitation)
      if (invited === null) return false
      const input = { token: intents.invitation, ...identity }
      await acceptByIdentity.execute(invited, input, options)
      return true
    }
    const asking = intents.sessionId === null ? null : await actorForSession(intents.sessionId)
    if (asking === null || asking.sessionHash !== intents.linkFor) return false
    await linkIdentity.execute(asking, identity, options)
    return true
  } catch (error) {
    if (error instanceof ChanceryError) return false
    throw error
  }
}

/** Starts the session of an admitted identity. Null when it was shut out meanwhile. */
export async function startIdentitySession(
  identity: Identity,
  origin: Origin,
): Promise<string | null> {
  const actor = await actorForIdentity(identity)
  if (actor === null) return null
  const input = { userAgent: origin.userAgent, rehashed: null }
  const started = await startSession.execute(actor, input, { requestId: origin.requestId })
  return started.value.sessionId
}

/** Ends the session behind a cookie, if it still lives: at sign-out, and when another begins. */
export async function leaveSession(sessionId: string, requestId?: string): Promise<void> {
  const actor = await actorForSession(sessionId)
  if (actor === null || actor.sessionHash === null) return
  const input = { session: actor.sessionHash, because: 'signed_out' }
  await endSession.execute(actor, input, { requestId })
}
