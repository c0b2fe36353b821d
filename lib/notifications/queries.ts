import 'server-only'
import { and, count, desc, eq, isNull, lt, or } from 'drizzle-orm'
import { mail, mailPreference, notice } from '@/drizzle/schema/notifications'
import { person } from '@/drizzle/schema/people'
import type { PersonActor } from '@/lib/auth/actor'
import { can } from '@/lib/auth/permissions'
import { PAGE_SIZE } from '@/lib/core/limits'
import { db } from '@/lib/db/client'
import type { MailState, NoticeTopic } from './model'

export type NoticeRow = {
  id: string
  topic: NoticeTopic
  sentence: string
  href: string
  createdAt: Date
  readAt: Date | null
}

/** The actor's notices, newest first; `after` is the last id of the page before. Index: notice_person. */
export async function ownNotices(
  actor: PersonActor,
  after: string | null,
): Promise<{ rows: NoticeRow[]; next: string | null }> {
  const [last] = after
    ? await db()
        .select({ at: notice.createdAt, id: notice.id })
        .from(notice)
        .where(and(eq(notice.id, after), eq(notice.personId, actor.id)))
    : []
  const rows = await db()
    .select({
      ...{ id: notice.id, topic: notice.topic, sentence: notice.sentence, href: notice.href },
      ...{ createdAt: notice.createdAt, readAt: notice.readAt },
    })
    .from(notice)
    .where(
      and(
        eq(notice.personId, actor.id),
        last
          ? or(
              lt(notice.createdAt, last.at),
              and(eq(notice.createdAt, last.at), lt(notice.id, last.id)),
            )
          : undefined,
      ),
    )
    .orderBy(desc(notice.createdAt), desc(notice.id))
    .limit(PAGE_SIZE + 1)
  const shown = rows.slice(0, PAGE_SIZE)
  return { rows: shown, next: rows.length > PAGE_SIZE ? (shown.at(-1)?.id ?? null) : null }
}

/** How many notices the actor has not read. */
export async function unreadNotices(actor: PersonActor): Promise<number> {
  const [row] = await db()
    .select({ count: count() })
    .from(notice)
    .where(and(eq(notice.personId, actor.id), isNull(notice.readAt)))
  return row?.count ?? 0
}

/** Whether the actor wants mail. */
export async function ownMail(actor: PersonActor): Promise<'digest' | 'none'> {
  const [row] = await db()
    .select({ wanted: mailPreference.wanted })
    .from(mailPreference)
    .where(eq(mailPreference.personId, actor.id))
  return row?.wanted ?? 'digest'
}

export type MailRow = {
  id: string
  to: string
  subject: string
  state: MailState
  attempts: number
  lastError: string | null
  createdAt: Date
}

/** Mails that did not get out, newest first; null for who may not look. Index: mail_state. */
export async function stuckMails(actor: PersonActor): Promise<MailRow[] | null> {
  if (!can(actor, 'installation.manage', null)) return null
  return db()
    .select({
      ...{ id: mail.id, to: person.name, subject: mail.subject, state: mail.state },
      ...{ attempts: mail.attempts, lastError: mail.lastError, createdAt: mail.createdAt },
    })
    .from(mail)
    .innerJoin(person, eq(person.id, mail.personId))
    .where(eq(mail.state, 'failed'))
    .orderBy(desc(mail.createdAt))
    .limit(PAGE_SIZE)
}
