import { index, integer, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { MAIL_STATES, NOTICE_TOPICS } from '../../lib/notifications/model'
import { auditEvent, instant } from './columns'
import { person } from './people'

/**
 * One thing that one person should know, in words. It follows from a fact and decides nothing, so
 * reading it leaves none. At most one of a topic about a thing that is still unread.
 */
export const notice = pgTable(
  'notice',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    topic: text('topic', { enum: NOTICE_TOPICS }).notNull(),
    /** What it is about: an approval, an agent, a review. */
    subjectId: uuid('subject_id').notNull(),
    sentence: text('sentence').notNull(),
    /** Where it can be looked at; looking never decides. */
    href: text('href').notNull(),
    createdAt: instant('created_at').notNull(),
    readAt: instant('read_at'),
    /** The mail that carried it. */
    mailId: uuid('mail_id'),
  },
  (t) => [
    // A person's notices, read from the newest.
    index('notice_person').on(t.personId, t.createdAt, t.id),
    uniqueIndex('notice_once').on(t.personId, t.topic, t.subjectId, t.createdAt),
    index('notice_subject').on(t.subjectId),
  ],
)

/** A digest on its way to one person. Kept until it went out; what failed for good stays visible. */
export const mail = pgTable(
  'mail',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    subject: text('subject').notNull(),
    body: text('body').notNull(),
    state: text('state', { enum: MAIL_STATES }).notNull(),
    attempts: integer('attempts').notNull(),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    sentAt: instant('sent_at'),
  },
  (t) => [
    index('mail_person').on(t.personId, t.state),
    index('mail_state').on(t.state, t.createdAt),
  ],
)

/** Whether a person wants mail. Without a row: yes. */
export const mailPreference = pgTable('mail_preference', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => person.id),
  wanted: text('wanted', { enum: ['digest', 'none'] }).notNull(),
  auditEventId: auditEvent(),
})
