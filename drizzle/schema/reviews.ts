import { sql } from 'drizzle-orm'
import { date, index, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core'
import { REVIEW_OUTCOMES, REVIEW_STATES } from '../../lib/reviews/model'
import { agent, definition, version } from './agents'
import { auditEvent, instant } from './columns'
import { department, person } from './people'

/** One agent's periodic attestation, bound to the digest that was live when it was scheduled. */
export const review = pgTable(
  'review',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    versionId: uuid('version_id')
      .notNull()
      .references(() => version.id),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => department.id),
    dueOn: date('due_on', { mode: 'string' }).notNull(),
    state: text('state', { enum: REVIEW_STATES }).notNull(),
    outcome: text('outcome', { enum: REVIEW_OUTCOMES }),
    reason: text('reason'),
    completedBy: uuid('completed_by').references(() => person.id),
    completedAt: instant('completed_at'),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('review_open_per_agent').on(t.agentId).where(sql`${t.state} = 'open'`),
    index('review_due').on(t.dueOn, t.id).where(sql`${t.state} = 'open'`),
    index('review_agent').on(t.agentId, t.createdAt),
  ],
)
