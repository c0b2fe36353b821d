import { sql } from 'drizzle-orm'
import { check, index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { approval } from './approvals'
import { auditEvent, instant } from './columns'
import { person } from './people'

/** An item that one person set aside. It comes back by itself when `until` has passed. */
export const approvalSnooze = pgTable(
  'approval_snooze',
  {
    approvalId: uuid('approval_id')
      .notNull()
      .references(() => approval.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    until: instant('until').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [primaryKey({ columns: [t.approvalId, t.personId] })],
)

/** Who said last that they are on it. A hint for others until `until`, never a lock. */
export const approvalClaim = pgTable('approval_claim', {
  approvalId: uuid('approval_id')
    .primaryKey()
    .references(() => approval.id),
  personId: uuid('person_id')
    .notNull()
    .references(() => person.id),
  until: instant('until').notNull(),
  auditEventId: auditEvent(),
})

/** One item given from one person who may decide it to another. Gives no right to anybody. */
export const approvalHandover = pgTable(
  'approval_handover',
  {
    id: uuid('id').primaryKey(),
    approvalId: uuid('approval_id')
      .notNull()
      .references(() => approval.id),
    fromId: uuid('from_id')
      .notNull()
      .references(() => person.id),
    toId: uuid('to_id')
      .notNull()
      .references(() => person.id),
    note: text('note').notNull(),
    /** 1 is the first of the item. */
    hop: integer('hop').notNull(),
    handedAt: instant('handed_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    index('approval_handover_item').on(t.approvalId, t.hop),
    check('approval_handover_people', sql`${t.fromId} <> ${t.toId}`),
    check('approval_handover_hop', sql`${t.hop} between 1 and 3`),
  ],
)

/** That a person had the whole item on screen, when first, and what was shown last. */
export const approvalReading = pgTable(
  'approval_reading',
  {
    approvalId: uuid('approval_id')
      .notNull()
      .references(() => approval.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    /** SHA-256 of what the person's screen rendered, as in a decision. */
    renderedDigest: text('rendered_digest').notNull(),
    readAt: instant('read_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    primaryKey({ columns: [t.approvalId, t.personId] }),
    index('approval_reading_person').on(t.personId, t.readAt),
    check('approval_reading_digest', sql`${t.renderedDigest} ~ '^[0-9a-f]{64}$'`),
  ],
)

/** A time in which somebody else looks after a person's items. Ended early, never deleted. */
export const absence = pgTable(
  'absence',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    delegateId: uuid('delegate_id')
      .notNull()
      .references(() => person.id),
    fromAt: instant('from_at').notNull(),
    untilAt: instant('until_at').notNull(),
    /** Null while it stands; it may end before it began. */
    endedAt: instant('ended_at'),
    auditEventId: auditEvent(),
  },
  (t) => [
    index('absence_person').on(t.personId, t.fromAt),
    // Everybody who is or will be away: a handful of rows.
    index('absence_live').on(t.untilAt).where(sql`${t.endedAt} is null`),
    check('absence_window', sql`${t.fromAt} < ${t.untilAt}`),
    check('absence_people', sql`${t.personId} <> ${t.delegateId}`),
  ],
)
