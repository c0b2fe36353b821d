import 'server-only'
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import { mail, mailPreference, notice } from '@/drizzle/schema/notifications'
import { installation, person } from '@/drizzle/schema/people'
import { siteUrl } from '@/lib/auth/site'
import { newId } from '@/lib/core/ids'
import { storableText } from '@/lib/core/storable'
import { db } from '@/lib/db/client'
import { type Tx, transaction } from '@/lib/db/transaction'
import { enqueue } from '@/lib/jobs/enqueue'
import { digestOf, MAX_MAIL_ATTEMPTS } from './rules'
import { mailIsSet, mailSettings, sendLetter } from './smtp'

/** Notices that one digest gathers. */
const MAX_GATHERED = 500
/** Minutes between attempts: 1, 2, 4 … up to two hours. */
const backOff = (attempts: number) => Math.min(2 ** attempts, 120) * 60_000

/**
 * One mail with everything that a person has not read and was not mailed. First the mail is written
 * down with its notices, then it is handed to the server under a fixed Message-ID: a crash between
 * the two sends it again, never another one. Without settings, or for who wants none, nothing leaves.
 */
export async function sendDigest(personId: string): Promise<void> {
  const settings = mailSettings()
  if (settings === null) return
  await transaction((tx) => gather(tx, personId))
  const waiting = await db()
    .select({
      ...{ id: mail.id, subject: mail.subject, body: mail.body, attempts: mail.attempts },
      ...{ to: person.email, name: person.name },
    })
    .from(mail)
    .innerJoin(person, eq(person.id, mail.personId))
    .where(and(eq(mail.personId, personId), eq(mail.state, 'waiting'), eq(person.state, 'active')))
    .orderBy(asc(mail.createdAt))
  for (const letter of waiting) {
    try {
      await sendLetter(settings, letter)
      await db()
        .update(mail)
        .set({ state: 'sent', sentAt: new Date(), lastError: null })
        .where(and(eq(mail.id, letter.id), eq(mail.state, 'waiting')))
    } catch (error) {
      await failed(personId, letter, error)
      return
    }
  }
}

async function gather(tx: Tx, personId: string): Promise<void> {
  const [who] = await tx
    .select({ state: person.state, wanted: mailPreference.wanted, demo: person.demo })
    .from(person)
    .leftJoin(mailPreference, eq(mailPreference.personId, person.id))
    .where(eq(person.id, personId))
    .for('update', { of: person })
  if (!who || who.demo || who.state !== 'active' || who.wanted === 'none') return
  const rows = await tx
    .select()
    .from(notice)
    .where(and(eq(notice.personId, personId), isNull(notice.readAt), isNull(notice.mailId)))
    .orderBy(asc(notice.createdAt))
    .limit(MAX_GATHERED)
  if (rows.length === 0) return
  const [place] = await tx.select({ organisation: installation.organisation }).from(installation)
  const id = newId<'mail'>()
  const text = digestOf(rows, { url: siteUrl(), organisation: place?.organisation ?? 'Chancery' })
  await tx.insert(mail).values({
    ...{ id, personId, subject: storableText(text.subject), body: storableText(text.body) },
    ...{ state: 'waiting', attempts: 0, createdAt: new Date() },
  })
  const ids = rows.map((row) => row.id)
  await tx.update(notice).set({ mailId: id }).where(inArray(notice.id, ids))
}

async function failed(
  personId: string,
  letter: { id: string; attempts: number },
  error: unknown,
): Promise<void> {
  const attempts = letter.attempts + 1
  const words = error instanceof Error ? error.message : String(error)
  const dead = attempts >= MAX_MAIL_ATTEMPTS
  await transaction(async (tx) => {
    await tx
      .update(mail)
      .set({
        ...{ attempts, state: dead ? 'failed' : 'waiting' },
        lastError: storableText(words.slice(0, 500)),
      })
      .where(eq(mail.id, letter.id))
    if (dead) return
    await enqueue(tx, {
      ...{ task: 'mail.digest', payload: { personId }, key: `mail.digest/${personId}` },
      ...{ runAt: new Date(Date.now() + backOff(attempts)), maxAttempts: 1 },
    })
  })
}

/** Wakes what a crash left lying: mails and notices that have waited for ten minutes. */
export async function sweepMail(): Promise<void> {
  if (!mailIsSet()) return
  const rows = await db().execute<{ person_id: string }>(sql`
    select distinct person_id from (
      select person_id from mail where state = 'waiting' and created_at < now() - interval '10 minutes'
      union all
      select person_id from notice where read_at is null and mail_id is null
        and created_at between now() - interval '7 days' and now() - interval '10 minutes'
    ) late limit 200`)
  for (const { person_id: personId } of rows) {
    await transaction((tx) =>
      enqueue(tx, {
        ...{ task: 'mail.digest', payload: { personId }, key: `mail.digest/${personId}` },
        ...{ keepTime: true, maxAttempts: 1 },
      }),
    )
  }
}
