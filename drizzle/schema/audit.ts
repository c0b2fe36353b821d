import { sql } from 'drizzle-orm'
import {
  bigint,
  boolean,
  check,
  customType,
  index,
  integer,
  pgSchema,
  primaryKey,
  smallint,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core'
import { bytea } from './columns'

/**
 * The audit log. Rights, triggers and the functions through which the application writes are in
 * drizzle/guards/audit.sql; nothing here may be changed or deleted by the application's role.
 */
export const auditSchema = pgSchema('audit')

const xid8 = customType<{ data: string }>({ dataType: () => 'xid8' })
/** Microseconds survive: the leaf holds them, a Date would not. */
const micro = (name: string) => timestamp(name, { withTimezone: true, mode: 'string' })
const clock = sql`clock_timestamp()`

/**
 * One fact. The application gives `id` and `leaf`; a trigger fills everything else from the leaf,
 * so that the copies below (kept for indexes only) cannot disagree with what was hashed.
 */
export const event = auditSchema.table(
  'event',
  {
    id: uuid('id').primaryKey(),
    tx: xid8('tx').notNull().default(sql`pg_current_xact_id()`),
    recordedAt: micro('recorded_at').notNull().default(clock),
    at: micro('at').notNull(),
    action: text('action').notNull(),
    actorType: text('actor_type').notNull(),
    actorId: text('actor_id').notNull(),
    deptId: text('dept_id'),
    /** First target of the leaf: what the fact is about. */
    targetType: text('target_type'),
    targetId: text('target_id'),
    /** First target of type agent, so that "everything about this agent" is one index scan. */
    agentId: text('agent_id'),
    outcome: text('outcome').notNull(),
    leaf: bytea('leaf').notNull(),
    leafHash: bytea('leaf_hash').notNull(),
  },
  (t) => [
    check('event_leaf_size', sql`octet_length(${t.leaf}) <= 16384`),
    check('event_leaf_hash', sql`octet_length(${t.leafHash}) = 32`),
    index('event_at').on(t.at, t.id),
    index('event_action').on(t.action, t.at, t.id),
    index('event_actor').on(t.actorId, t.at, t.id),
    index('event_dept').on(t.deptId, t.at, t.id).where(sql`${t.deptId} is not null`),
    index('event_target').on(t.targetId, t.at, t.id).where(sql`${t.targetId} is not null`),
    index('event_agent').on(t.agentId, t.at, t.id).where(sql`${t.agentId} is not null`),
    index('event_outcome').on(t.outcome, t.at, t.id).where(sql`${t.outcome} <> 'ok'`),
  ],
)

/** The set of events that no sequence number was given to yet. A set, not a cursor: a late commit
 * cannot be skipped. */
export const pending = auditSchema.table('pending', {
  arrival: bigint('arrival', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
  eventId: uuid('event_id').notNull(),
})

/**
 * The log: sequence number → event. Contiguous from 0. No foreign key: audit.integrate takes the ids
 * from the events themselves, nobody can delete one, and checking it again would lock, and so
 * rewrite, every event a second time (four times the cost of an integration).
 */
export const entry = auditSchema.table(
  'entry',
  {
    seq: bigint('seq', { mode: 'number' }).primaryKey(),
    eventId: uuid('event_id').notNull(),
    leafHash: bytea('leaf_hash').notNull(),
  },
  (t) => [
    uniqueIndex('entry_event').on(t.eventId),
    check('entry_seq', sql`${t.seq} >= 0`),
    check('entry_leaf_hash', sql`octet_length(${t.leafHash}) = 32`),
  ],
)

/** Full tiles of 256 hashes (C2SP tlog-tiles). Level 0 holds leaf hashes. */
export const tile = auditSchema.table(
  'tile',
  {
    level: smallint('level').notNull(),
    idx: bigint('idx', { mode: 'number' }).notNull(),
    hashes: bytea('hashes').notNull(),
    /** What the 256 hashes fold to: the entry of this tile one tile level higher. */
    root: bytea('root').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.level, t.idx] }),
    check('tile_size', sql`octet_length(${t.hashes}) = 8192 and octet_length(${t.root}) = 32`),
  ],
)

/** One row: the committed state of the tree, and what the log is called. */
export const treeState = auditSchema.table(
  'tree_state',
  {
    one: boolean('one').primaryKey().default(true),
    origin: text('origin').notNull(),
    epoch: integer('epoch').notNull().default(1),
    /** A demonstration log: its facts may carry past times. Set before the first fact or never. */
    demo: boolean('demo').notNull().default(false),
    /** Verifier key of the checkpoints; null until the log was opened for the first time. */
    vkey: text('vkey'),
    size: bigint('size', { mode: 'number' }).notNull().default(0),
    root: bytea('root').notNull(),
    frontier: bytea('frontier').notNull(),
  },
  (t) => [check('tree_state_one', sql`${t.one}`)],
)

/** Every checkpoint that was published. */
export const treeHead = auditSchema.table(
  'tree_head',
  {
    id: bigint('id', { mode: 'number' }).primaryKey().generatedAlwaysAsIdentity(),
    epoch: integer('epoch').notNull(),
    size: bigint('size', { mode: 'number' }).notNull(),
    root: bytea('root').notNull(),
    note: text('note').notNull(),
    createdAt: micro('created_at').notNull().default(clock),
  },
  (t) => [uniqueIndex('tree_head_size').on(t.epoch, t.size)],
)

/** One row: what the publisher last thought of the log. `ok`, or the reason it stopped signing. */
export const integrity = auditSchema.table(
  'integrity',
  {
    one: boolean('one').primaryKey().default(true),
    state: text('state', { enum: ['ok', 'stopped'] })
      .notNull()
      .default('ok'),
    code: text('code'),
    detail: text('detail'),
    since: micro('since').notNull().default(clock),
  },
  (t) => [check('integrity_one', sql`${t.one}`)],
)

/** What a leaf only commits to: personal data and free text, beside the leaf, with its salt. */
export const privateValue = auditSchema.table(
  'private',
  {
    eventId: uuid('event_id')
      .notNull()
      .references(() => event.id),
    /** Index of the commitment in the leaf's sorted list `p`. */
    ord: smallint('ord').notNull(),
    path: text('path').notNull(),
    salt: bytea('salt').notNull(),
    /** JSON text of the value, so that every string has a stored form. */
    value: text('value').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.eventId, t.ord] }),
    check('private_salt', sql`octet_length(${t.salt}) = 32`),
  ],
)

/** Governed tables whose rows may be deleted, each with its reason; filled by guards/tie.sql. */
export const deletable = auditSchema.table('deletable', {
  tableName: text('table_name').primaryKey(),
  reason: text('reason').notNull(),
})
