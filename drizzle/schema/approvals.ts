import { sql } from 'drizzle-orm'
import { check, index, integer, jsonb, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { APPROVAL_KINDS, APPROVAL_STATES, VERDICTS } from '../../lib/approvals/model'
import { auditEvent, instant } from './columns'
import { department, person } from './people'

/**
 * One item that needs people. Everything that decides about it is frozen when it is created:
 * digest, rule, quorum, eligible and excluded people, deadline and what silence means.
 */
export const approval = pgTable(
  'approval',
  {
    id: uuid('id').primaryKey(),
    kind: text('kind', { enum: APPROVAL_KINDS }).notNull(),
    subjectId: uuid('subject_id').notNull(),
    /** What the decision binds to: definition, call payload or change-set. */
    digest: text('digest').notNull(),
    title: text('title').notNull(),
    riskTier: text('risk_tier', { enum: ['low', 'medium', 'high', 'critical'] }).notNull(),
    riskRank: integer('risk_rank').notNull(),
    /** Null: it concerns the whole installation, and only people with a role everywhere decide. */
    departmentId: uuid('department_id').references(() => department.id),
    agentId: uuid('agent_id'),
    runId: uuid('run_id'),
    ruleId: text('rule_id').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    quorum: integer('quorum').notNull(),
    /** List of { group, people }; empty in rows of before there were groups: approvers only. */
    seats: jsonb('seats').notNull().default([]),
    requestedBy: uuid('requested_by')
      .notNull()
      .references(() => person.id),
    /** Never eligible: author, last editor, run's starter. */
    excluded: uuid('excluded').array().notNull(),
    /** Eligible when it was opened; eligibility is computed again at the decision. */
    eligible: uuid('eligible').array().notNull(),
    deadlineAt: instant('deadline_at'),
    expiryOutcome: text('expiry_outcome', { enum: ['deny', 'park'] }).notNull(),
    state: text('state', { enum: APPROVAL_STATES }).notNull(),
    /** Facts for the row and the reading pane, frozen: agent, numbers, who, what changes. */
    summary: jsonb('summary').notNull(),
    openedAt: instant('opened_at').notNull(),
    settledAt: instant('settled_at'),
    auditEventId: auditEvent(),
  },
  (t) => [
    // Inbox: open items by risk, then deadline.
    index('approval_open')
      .on(t.riskRank.desc(), t.deadlineAt, t.id)
      .where(sql`${t.state} = 'open'`),
    index('approval_settled').on(t.settledAt.desc(), t.id).where(sql`${t.state} <> 'open'`),
    index('approval_subject').on(t.subjectId),
    index('approval_agent').on(t.agentId, t.openedAt),
    index('approval_deadline').on(t.deadlineAt).where(sql`${t.state} = 'open'`),
    check('approval_digest', sql`${t.digest} ~ '^[0-9a-f]{64}$'`),
    check('approval_quorum', sql`${t.quorum} between 1 and 10`),
  ],
)

/** What one person said about one approval, bound to its digest. Dismissed, never changed. */
export const decision = pgTable(
  'decision',
  {
    id: uuid('id').primaryKey(),
    approvalId: uuid('approval_id')
      .notNull()
      .references(() => approval.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    verdict: text('verdict', { enum: VERDICTS }).notNull(),
    digest: text('digest').notNull(),
    ruleVersion: integer('rule_version').notNull(),
    /** SHA-256 of what the person's screen rendered. */
    renderedDigest: text('rendered_digest').notNull(),
    reason: text('reason').notNull(),
    decidedAt: instant('decided_at').notNull(),
    dismissedAt: instant('dismissed_at'),
    dismissedBecause: text('dismissed_because'),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('decision_live').on(t.approvalId, t.personId).where(sql`${t.dismissedAt} is null`),
    index('decision_person').on(t.personId, t.decidedAt),
    check('decision_digest', sql`${t.digest} ~ '^[0-9a-f]{64}$'`),
  ],
)
