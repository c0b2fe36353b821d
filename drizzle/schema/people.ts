import { sql } from 'drizzle-orm'
import { boolean, check, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { ROLES } from '../../lib/auth/permissions'
import { SAVED_VIEW_SCREENS } from '../../lib/people/model'
import { auditEvent, bytea, instant } from './columns'

/** One row: what this installation is. `origin` names its audit log for ever. */
export const installation = pgTable(
  'installation',
  {
    one: boolean('one').primaryKey().default(true),
    organisation: text('organisation').notNull(),
    demo: boolean('demo').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [check('installation_one', sql`${t.one}`)],
)

/** The one-time link printed at the first start; only its hash is kept. Empty after setup. */
export const setupToken = pgTable('setup_token', {
  tokenHash: text('token_hash').primaryKey(),
  createdAt: instant('created_at').notNull(),
})

export const department = pgTable(
  'department',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [check('department_slug', sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$'`)],
)

export const person = pgTable(
  'person',
  {
    id: uuid('id').primaryKey(),
    email: text('email').notNull(),
    name: text('name').notNull(),
    state: text('state', { enum: ['invited', 'active', 'disabled'] }).notNull(),
    demo: boolean('demo').notNull().default(false),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('person_email').on(sql`lower(${t.email})`),
    index('person_name').on(t.name, t.id),
    check('person_state', sql`${t.state} in ('invited', 'active', 'disabled')`),
  ],
)

/** A local password, as a PHC string (scrypt). */
export const password = pgTable('password', {
  personId: uuid('person_id')
    .primaryKey()
    .references(() => person.id),
  phc: text('phc').notNull(),
  changedAt: instant('changed_at').notNull(),
  auditEventId: auditEvent(),
})

/** A sign-on identity: keyed by issuer and subject, never by e-mail (ASVS 6.8.1). */
export const identity = pgTable(
  'identity',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('identity_issuer_subject').on(t.issuer, t.subject),
    index('identity_person').on(t.personId),
  ],
)

/** A copyable one-time link for an invited person; only its hash is kept. */
export const invitation = pgTable(
  'invitation',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    tokenHash: text('token_hash').notNull().unique(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [index('invitation_person').on(t.personId)],
)

/** A role of a person, in one department or (null) everywhere. Revoked, never deleted. */
export const roleGrant = pgTable(
  'role_grant',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    role: text('role', { enum: ROLES }).notNull(),
    departmentId: uuid('department_id').references(() => department.id),
    grantedAt: instant('granted_at').notNull(),
    revokedAt: instant('revoked_at'),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('role_grant_live')
      .on(
        t.personId,
        t.role,
        sql`coalesce(${t.departmentId}, '00000000-0000-0000-0000-000000000000')`,
      )
      .where(sql`${t.revokedAt} is null`),
    index('role_grant_person').on(t.personId),
  ],
)

/** People whom approval rules ask for by name of the group: security, legal, the data owners. */
export const reviewerGroup = pgTable(
  'reviewer_group',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    name: text('name').notNull(),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    // `approvers` is everybody with the role; no group may be called so.
    check(
      'reviewer_group_slug',
      sql`${t.slug} ~ '^[a-z0-9]+(-[a-z0-9]+)*$' and ${t.slug} <> 'approvers'`,
    ),
  ],
)

/** Who belongs to a group. Removed, never deleted. */
export const groupMember = pgTable(
  'group_member',
  {
    id: uuid('id').primaryKey(),
    groupId: uuid('group_id')
      .notNull()
      .references(() => reviewerGroup.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    addedAt: instant('added_at').notNull(),
    removedAt: instant('removed_at'),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('group_member_live').on(t.groupId, t.personId).where(sql`${t.removedAt} is null`),
    index('group_member_person').on(t.personId),
  ],
)

/**
 * The truth about who is signed in. The cookie carries only the id; `idHash` is its SHA-256, so a
 * reader of the table cannot become anyone. `lastSeenAt` moves without a fact, start and end do not.
 */
export const session = pgTable(
  'session',
  {
    idHash: text('id_hash').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    via: text('via', { enum: ['password', 'oidc', 'setup', 'invitation', 'demo'] }).notNull(),
    userAgent: text('user_agent'),
    createdAt: instant('created_at').notNull(),
    lastSeenAt: instant('last_seen_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (t) => [index('session_person').on(t.personId, t.createdAt)],
)

/**
 * Limits against guessing. `at` is when the bucket will be empty again (the generic cell rate
 * algorithm needs no more than that); a row whose time has passed may be deleted.
 */
export const rateBucket = pgTable('rate_bucket', {
  key: text('key').primaryKey(),
  at: instant('at').notNull(),
})

/** First results by idempotency key: a repeat of a command returns what the first one did. */
export const commandResult = pgTable(
  'command_result',
  {
    personId: uuid('person_id').notNull(),
    key: text('key').notNull(),
    command: text('command').notNull(),
    inputDigest: text('input_digest').notNull(),
    outcome: bytea('outcome').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('command_result_key').on(t.personId, t.key),
    index('command_result_created').on(t.createdAt),
  ],
)

/** A list's query under a name: the person's own, shown beside the built-in views. */
export const savedView = pgTable(
  'saved_view',
  {
    id: uuid('id').primaryKey(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    screen: text('screen', { enum: SAVED_VIEW_SCREENS }).notNull(),
    name: text('name').notNull(),
    /** The query string without "?", exactly as in the address. */
    query: text('query').notNull(),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [uniqueIndex('saved_view_name').on(t.personId, t.screen, t.name)],
)
