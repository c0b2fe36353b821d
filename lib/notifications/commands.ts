import 'server-only'
import { and, eq, inArray, isNull, sql } from 'drizzle-orm'
import { mail, mailPreference, notice } from '@/drizzle/schema/notifications'
import type { Actor } from '@/lib/auth/actor'
import { command, UNCHANGED } from '@/lib/command/command'
import { notFound, refused } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { storableText } from '@/lib/core/storable'
import type { Tx } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { mailPreferenceInput, type Notice, readNoticesInput, resendMailInput } from './model'
import { DIGEST_DELAY_MS } from './rules'
import { mailIsSet } from './smtp'

type Part = { tx: Tx; now: Date }

/**
 * Tells people, in the transaction of what they are told: a notice each, and one mail to each that
 * gathers for two minutes. A part of commands; it leaves no fact of its own.
 */
export async function notify(part: Part, told: Notice): Promise<void> {
  const people = [...new Set(told.people)]
  if (people.length === 0) return
  await part.tx
    .insert(notice)
    .values(
      people.map((personId) => ({
        id: newId<'notice'>(part.now.getTime()),
        personId,
        topic: told.topic,
        subjectId: told.subjectId,
        sentence: storableText(told.sentence.slice(0, 500)),
        href: told.href,
        createdAt: part.now,
      })),
    )
    .onConflictDoNothing()
  if (!mailIsSet()) return
  // The clock of the job engine: a demonstration tells its past at other times.
  const runAt = new Date(Date.now() + DIGEST_DELAY_MS)
  for (const personId of people) {
    await enqueue(part.tx, {
      ...{ task: 'mail.digest', payload: { personId }, key: `mail.digest/${personId}` },
      ...{ runAt, keepTime: true, maxAttempts: 1 },
    })
  }
}

/** What was to be done is done, or is no longer wanted: nobody has to be told any more. */
export async function settleNotices(part: Part, subjectId: string): Promise<void> {
  await part.tx
    .update(notice)
    .set({ readAt: part.now })
    .where(
      and(
        eq(notice.subjectId, subjectId),
        inArray(notice.topic, ['approval_needed', 'approval_reminder', 'approval_blocked']),
        isNull(notice.readAt),
      ),
    )
}

function personOf(actor: Actor): string {
  return actor.kind === 'person' ? actor.id : refused('Only a person is told anything.')
}

/** Marks the actor's own notices as read. */
export const readNotices = command({
  name: 'notice.read',
  permission: 'view.own',
  input: readNoticesInput,
  subject: async ({ actor }) => ({ departmentId: null, personId: personOf(actor) }),
  run: async ({ tx, input, subject, now }) => {
    const own = and(eq(notice.personId, subject.personId), isNull(notice.readAt))
    await tx
      .update(notice)
      .set({ readAt: now })
      .where(input.notices.length === 0 ? own : and(own, inArray(notice.id, input.notices)))
    return { value: null, fact: UNCHANGED }
  },
})

/** Whether the actor wants mail. What is in the console is there either way. */
export const preferMail = command({
  name: 'mail.prefer',
  permission: 'view.own',
  input: mailPreferenceInput,
  subject: async ({ actor }) => ({ departmentId: null, personId: personOf(actor) }),
  run: async ({ tx, input, subject, event }) => {
    const row = { personId: subject.personId, wanted: input.wanted, auditEventId: event }
    await tx
      .insert(mailPreference)
      .values(row)
      .onConflictDoUpdate({ target: mailPreference.personId, set: row })
    const targets = [{ t: 'person' as const, id: subject.personId }]
    return { value: null, fact: { action: 'mail.preferred', targets, data: input } }
  },
})

/** Tries a mail again that had failed for good. */
export const resendMail = command({
  name: 'mail.resend',
  permission: 'installation.manage',
  input: resendMailInput,
  subject: async ({ tx, input }) => {
    const [row] = await tx.select().from(mail).where(eq(mail.id, input.mailId)).for('update')
    return { departmentId: null, mail: row ?? notFound('This mail') }
  },
  run: async ({ tx, subject }) => {
    if (subject.mail.state !== 'failed') return { value: null, fact: UNCHANGED }
    await tx
      .update(mail)
      .set({ state: 'waiting', attempts: sql`0` })
      .where(eq(mail.id, subject.mail.id))
    await enqueue(tx, {
      ...{ task: 'mail.digest', payload: { personId: subject.mail.personId } },
      ...{ key: `mail.digest/${subject.mail.personId}`, maxAttempts: 1 },
    })
    const targets = [{ t: 'person' as const, id: subject.mail.personId }]
    return { value: null, fact: { action: 'mail.retried', targets, data: {} } }
  },
})
