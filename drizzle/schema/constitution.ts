import { sql } from 'drizzle-orm'
import {
  check,
  date,
  index,
  integer,
  jsonb,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import {
  CONSTITUTION_DRAFT_STATES,
  FINDING_SEVERITIES,
  WAIVER_STATES,
} from '../../lib/constitution/model'
import { agent } from './agents'
import { auditEvent, bytea, instant } from './columns'
import { person } from './people'

/**
 * A rulebook that was approved: the exact bytes of its document, under their SHA-256. Immutable; the
 * newest is in force. Without a row the one that ships with the product is. Guarded in
 * drizzle/guards/constitution.sql.
 */
export const constitutionVersion = pgTable(
  'constitution_version',
  {
    id: uuid('id').primaryKey(),
    ordinal: integer('ordinal').notNull(),
    label: text('label').notNull(),
    hash: text('hash').notNull(),
    bytes: bytea('bytes').notNull(),
    message: text('message').notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => person.id),
    approvalId: uuid('approval_id').notNull(),
    publishedAt: instant('published_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('constitution_version_ordinal').on(t.ordinal),
    uniqueIndex('constitution_version_label').on(t.label),
    uniqueIndex('constitution_version_approval').on(t.approvalId),
    check('constitution_version_hash', sql`${t.hash} = encode(sha256(${t.bytes}), 'hex')`),
    check('constitution_version_size', sql`octet_length(${t.bytes}) <= 1048576`),
  ],
)

/** The next rulebook while it is edited and while it is up for approval; one at a time. */
export const constitutionDraft = pgTable(
  'constitution_draft',
  {
    id: uuid('id').primaryKey(),
    /** Hash of the rulebook in force when it was opened; publishing on another one is refused. */
    baseHash: text('base_hash').notNull(),
    hash: text('hash').notNull(),
    bytes: bytea('bytes').notNull(),
    revision: integer('revision').notNull(),
    state: text('state', { enum: CONSTITUTION_DRAFT_STATES }).notNull(),
    message: text('message').notNull(),
    openedBy: uuid('opened_by')
      .notNull()
      .references(() => person.id),
    editedBy: uuid('edited_by')
      .notNull()
      .references(() => person.id),
    approvalId: uuid('approval_id'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('constitution_draft_live')
      .on(sql`(true)`)
      .where(sql`${t.state} in ('open', 'proposed')`),
    check('constitution_draft_hash', sql`${t.hash} = encode(sha256(${t.bytes}), 'hex')`),
    check('constitution_draft_size', sql`octet_length(${t.bytes}) <= 1048576`),
  ],
)

/**
 * A dated, owned, approved exception to a rule for one agent. It counts while it is approved and its
 * last day has not passed: expiry is computed on read, no job is needed.
 */
export const waiver = pgTable(
  'waiver',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    rule: text('rule').notNull(),
    /** What exactly is excused: names a finding of the rule whatever line it stands on. */
    fingerprint: text('fingerprint').notNull(),
    /** The finding as it was when the waiver was asked for: its message and severity. */
    finding: jsonb('finding').notNull(),
    reason: text('reason').notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => person.id),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => person.id),
    /** Last day on which it counts, in UTC. */
    endsOn: date('ends_on', { mode: 'string' }).notNull(),
    state: text('state', { enum: WAIVER_STATES }).notNull(),
    approvalId: uuid('approval_id').notNull(),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
    auditEventId: auditEvent(),
  },
  (t) => [
    // Waivers of an agent, newest first; the catalog's open requests.
    index('waiver_agent').on(t.agentId, t.createdAt),
    index('waiver_ending').on(t.endsOn, t.id).where(sql`${t.state} = 'approved'`),
    // What has ended, newest first.
    index('waiver_newest').on(t.createdAt.desc(), t.id.desc()),
    uniqueIndex('waiver_live')
      .on(t.agentId, t.rule, t.fingerprint)
      .where(sql`${t.state} = 'requested'`),
    uniqueIndex('waiver_approval').on(t.approvalId),
  ],
)

/** What the rules between files say of an agent: derived, may be dropped and rebuilt. */
export const catalogFinding = pgTable(
  'catalog_finding',
  {
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    ordinal: integer('ordinal').notNull(),
    rule: text('rule').notNull(),
    severity: text('severity', { enum: FINDING_SEVERITIES }).notNull(),
    finding: jsonb('finding').notNull(),
    constitutionHash: text('constitution_hash').notNull(),
    checkerVersion: text('checker_version').notNull(),
    checkedAt: instant('checked_at').notNull(),
  },
  (t) => [
    uniqueIndex('catalog_finding_key').on(t.agentId, t.ordinal),
    index('catalog_finding_rule').on(t.rule),
  ],
)

/** A request and the agent that should get it: run again whenever a description changes. */
export const routingCase = pgTable(
  'routing_case',
  {
    id: uuid('id').primaryKey(),
    phrase: text('phrase').notNull(),
    /** Slug of the agent that should be chosen; null when nobody should be. */
    expected: text('expected'),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [uniqueIndex('routing_case_phrase').on(t.phrase)],
)
