import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import {
  CALL_STATES,
  CHANGE_SET_STATES,
  EFFECTS,
  FILE_CHANGES,
  RUN_STATES,
  VERDICTS,
} from '../../lib/runs/model'
import { agent, definition, version } from './agents'
import { auditEvent, bytea, instant } from './columns'
import { department, person } from './people'

/** A folder that an administrator registered: the only places that runs may read and change. */
export const workspace = pgTable('workspace', {
  id: uuid('id').primaryKey(),
  slug: text('slug').notNull().unique(),
  rootPath: text('root_path').notNull(),
  departmentId: uuid('department_id')
    .notNull()
    .references(() => department.id),
  createdAt: instant('created_at').notNull(),
  auditEventId: auditEvent(),
})

/** One execution of a version on a task. Changes only on a transition, each with its fact. */
export const run = pgTable(
  'run',
  {
    id: uuid('id').primaryKey(),
    number: integer('number').notNull().generatedAlwaysAsIdentity({ startWith: 1 }).unique(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    versionId: uuid('version_id')
      .notNull()
      .references(() => version.id),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => department.id),
    task: text('task').notNull(),
    startedBy: uuid('started_by')
      .notNull()
      .references(() => person.id),
    provider: text('provider').notNull(),
    model: text('model').notNull(),
    state: text('state', { enum: RUN_STATES }).notNull(),
    /** Why it waits: a held call, a change-set, an unknown outcome; null when it does not. */
    waitingFor: text('waiting_for'),
    step: integer('step').notNull().default(0),
    constitutionHash: text('constitution_hash').notNull(),
    snapshotDigest: text('snapshot_digest'),
    outcome: text('outcome'),
    error: text('error'),
    createdAt: instant('created_at').notNull(),
    startedAt: instant('started_at'),
    finishedAt: instant('finished_at'),
    auditEventId: auditEvent(),
  },
  (t) => [
    index('run_agent').on(t.agentId, t.number.desc().nullsFirst()),
    index('run_department').on(t.departmentId, t.number.desc().nullsFirst()),
    index('run_open')
      .on(t.state, t.number)
      .where(sql`${t.state} in ('queued', 'ready', 'suspended')`),
  ],
)

/** Who may write a run's rows now. Every engine commit is fenced by `token`. Not governed: it moves
 * every few seconds and decides nothing. */
export const runLease = pgTable('run_lease', {
  runId: uuid('run_id')
    .primaryKey()
    .references(() => run.id),
  token: uuid('token').notNull(),
  attempt: integer('attempt').notNull(),
  leaseUntil: instant('lease_until').notNull(),
  nextAttemptAt: instant('next_attempt_at'),
})

/** One message of the conversation, exactly as sent: text, never jsonb (key order matters). */
export const runMessage = pgTable(
  'run_message',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    ordinal: integer('ordinal').notNull(),
    role: text('role', { enum: ['user', 'assistant', 'tool'] }).notNull(),
    body: text('body').notNull(),
    /** Tokens and resolved model of a model step; null where unknown. */
    usage: jsonb('usage'),
    durationMs: integer('duration_ms'),
    at: instant('at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [uniqueIndex('run_message_key').on(t.runId, t.ordinal)],
)

/** One call that a run wants to make. Decided and delivered are different states. */
export const toolCall = pgTable(
  'tool_call',
  {
    id: uuid('id').primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    step: integer('step').notNull(),
    ordinal: integer('ordinal').notNull(),
    callId: text('call_id').notNull(),
    tool: text('tool').notNull(),
    effect: text('effect', { enum: EFFECTS }).notNull(),
    /** Exact JSON text as the model wrote it, and what is executed. */
    args: text('args').notNull(),
    effectiveArgs: text('effective_args').notNull(),
    argsDigest: text('args_digest').notNull(),
    /** Gated argvs found when the script was tried: exactly what a person approves. */
    gated: jsonb('gated'),
    verdict: text('verdict', { enum: VERDICTS }).notNull(),
    ruleId: text('rule_id').notNull(),
    ruleSentence: text('rule_sentence').notNull(),
    overlayDigest: text('overlay_digest'),
    state: text('state', { enum: CALL_STATES }).notNull(),
    approvalId: uuid('approval_id'),
    result: text('result'),
    resultIsError: integer('result_is_error'),
    requestedAt: instant('requested_at').notNull(),
    decidedAt: instant('decided_at'),
    finishedAt: instant('finished_at'),
    durationMs: integer('duration_ms'),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('tool_call_unique').on(t.runId, t.callId),
    uniqueIndex('tool_call_order').on(t.runId, t.step, t.ordinal),
  ],
)

/** Bytes that runs write, under their SHA-256. */
export const blob = pgTable(
  'blob',
  {
    digest: text('digest').primaryKey(),
    bytes: bytea('bytes').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [check('blob_digest', sql`${t.digest} = encode(sha256(${t.bytes}), 'hex')`)],
)

/** The copy-on-write layer of a run: what differs from its snapshot, after each tool. */
export const runOverlay = pgTable(
  'run_overlay',
  {
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    path: text('path').notNull(),
    change: text('change', { enum: FILE_CHANGES }).notNull(),
    baseDigest: text('base_digest'),
    newDigest: text('new_digest').references(() => blob.digest),
    mode: integer('mode').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [uniqueIndex('run_overlay_key').on(t.runId, t.path)],
)

/** The files that a run wants to change, and the gated commands that were approved, as one item. */
export const changeSet = pgTable(
  'change_set',
  {
    id: uuid('id').primaryKey(),
    runId: uuid('run_id')
      .notNull()
      .references(() => run.id),
    digest: text('digest').notNull(),
    state: text('state', { enum: CHANGE_SET_STATES }).notNull(),
    /** Sorted list of { path, change, baseDigest, newDigest, mode, added, removed }. */
    files: jsonb('files').notNull(),
    /** Approved gated commands, argv arrays, performed after the files. */
    operations: jsonb('operations').notNull(),
    approvalId: uuid('approval_id'),
    error: text('error'),
    createdAt: instant('created_at').notNull(),
    appliedAt: instant('applied_at'),
    auditEventId: auditEvent(),
  },
  (t) => [index('change_set_run').on(t.runId)],
)
