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
import { AGENT_STATES, DRAFT_STATES, PROPOSAL_STATES } from '../../lib/agents/model'
import { auditEvent, bytea, instant } from './columns'
import { department, person } from './people'

/** The exact bytes of every definition ever seen, under their SHA-256. Immutable. */
export const definition = pgTable(
  'definition',
  {
    digest: text('digest').primaryKey(),
    bytes: bytea('bytes').notNull(),
    size: integer('size').notNull(),
    createdAt: instant('created_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    check('definition_digest', sql`${t.digest} = encode(sha256(${t.bytes}), 'hex')`),
    check('definition_size', sql`${t.size} = octet_length(${t.bytes}) and ${t.size} <= 1048576`),
  ],
)

/**
 * What the checker says of one definition under one rulebook: derived, may be dropped and rebuilt.
 * `findings` is an array of `Finding`; `capabilities` a `Capabilities` (lib/constitution, lib/definition).
 */
export const definitionCheck = pgTable(
  'definition_check',
  {
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    constitutionHash: text('constitution_hash').notNull(),
    checkerVersion: text('checker_version').notNull(),
    /** What else the verdict depends on, hashed: department and file name (lib/agents/rules.ts). */
    scope: text('scope').notNull().default(''),
    findings: jsonb('findings').notNull(),
    capabilities: jsonb('capabilities').notNull(),
    riskTier: text('risk_tier', { enum: ['low', 'medium', 'high', 'critical'] }).notNull(),
    blocking: integer('blocking').notNull(),
    errors: integer('errors').notNull(),
    warnings: integer('warnings').notNull(),
    notes: integer('notes').notNull(),
    checkedAt: instant('checked_at').notNull(),
  },
  (t) => [
    uniqueIndex('definition_check_key').on(t.digest, t.constitutionHash, t.checkerVersion, t.scope),
  ],
)

/**
 * One governed entry of the catalog. The columns from `title` to `notes` are the derived index of
 * its current definition (live version, else draft), kept here so that the list reads one table.
 */
export const agent = pgTable(
  'agent',
  {
    id: uuid('id').primaryKey(),
    slug: text('slug').notNull().unique(),
    /** Where imports find it again: "<root label>/<path>". Null for what was made here. */
    sourcePath: text('source_path'),
    /** File name on export. */
    fileName: text('file_name').notNull(),
    departmentId: uuid('department_id')
      .notNull()
      .references(() => department.id),
    ownerId: uuid('owner_id').references(() => person.id),
    sponsorId: uuid('sponsor_id').references(() => person.id),
    state: text('state', { enum: AGENT_STATES }).notNull(),
    liveVersionId: uuid('live_version_id'),
    draftId: uuid('draft_id'),
    title: text('title').notNull(),
    description: text('description').notNull(),
    format: text('format').notNull(),
    fate: text('fate').notNull(),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    riskTier: text('risk_tier', { enum: ['low', 'medium', 'high', 'critical'] }).notNull(),
    /** Tier as a number (low 0 … critical 3), so that risk sorts by index. */
    riskRank: integer('risk_rank').notNull(),
    errors: integer('errors').notNull(),
    warnings: integer('warnings').notNull(),
    notes: integer('notes').notNull(),
    /** Names of its tools (`*` for every one), servers, sub-agents, skills, its model; ids of the
     * rules with findings. What the catalog filters by and the blast radius reads. */
    tools: text('tools').array().notNull().default(sql`'{}'`),
    mcpServers: text('mcp_servers').array().notNull().default(sql`'{}'`),
    subAgents: text('sub_agents').array().notNull().default(sql`'{}'`),
    skills: text('skills').array().notNull().default(sql`'{}'`),
    model: text('model'),
    rules: text('rules').array().notNull().default(sql`'{}'`),
    nextReviewOn: date('next_review_on', { mode: 'string' }),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    // Catalog list, newest keyset per sort order: (sort key, id).
    index('agent_by_risk').on(t.riskRank.desc(), t.slug),
    index('agent_by_department').on(t.departmentId, t.slug),
    index('agent_by_review').on(t.nextReviewOn, t.slug),
    index('agent_by_state').on(t.state, t.slug),
    index('agent_by_owner').on(t.ownerId, t.slug),
    index('agent_by_sponsor').on(t.sponsorId, t.slug),
    index('agent_by_model').on(t.model, t.slug),
    // Containment of one name: filters, and which agents a tool, server or sub-agent reaches.
    index('agent_by_tool').using('gin', t.tools),
    index('agent_by_mcp').using('gin', t.mcpServers),
    index('agent_by_sub_agent').using('gin', t.subAgents),
    index('agent_by_skill').using('gin', t.skills),
    index('agent_by_rule').using('gin', t.rules),
    // The search index agent_by_text needs an extension, so it lives in drizzle/guards/search.sql.
    // An import finds the agent it made before; two departments may hold the same path.
    uniqueIndex('agent_source').on(t.departmentId, t.sourcePath),
    check('agent_state', sql`${t.state} in ('draft', 'active', 'suspended', 'retired')`),
    check(
      'agent_live',
      sql`${t.state} = 'draft' or ${t.liveVersionId} is not null or ${t.state} = 'retired'`,
    ),
    check('agent_risk', sql`${t.riskRank} between 0 and 3`),
  ],
)

/** Rows of a history that an imported file claims: shown, never trusted. */
export const importedHistory = pgTable(
  'imported_history',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    ordinal: integer('ordinal').notNull(),
    version: text('version').notNull(),
    date: text('date').notNull(),
    change: text('change').notNull(),
    approvedBy: text('approved_by').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [uniqueIndex('imported_history_row').on(t.agentId, t.digest, t.ordinal)],
)

/** A definition being edited. `revision` rises by one with each save; a stale save is a conflict. */
export const draft = pgTable(
  'draft',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    baseVersionId: uuid('base_version_id'),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    revision: integer('revision').notNull(),
    state: text('state', { enum: DRAFT_STATES }).notNull(),
    openedBy: uuid('opened_by')
      .notNull()
      .references(() => person.id),
    editedBy: uuid('edited_by')
      .notNull()
      .references(() => person.id),
    createdAt: instant('created_at').notNull(),
    updatedAt: instant('updated_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    // One live draft per agent for now; parallel drafts only drop this index.
    uniqueIndex('draft_live').on(t.agentId).where(sql`${t.state} in ('open', 'proposed')`),
    index('draft_agent').on(t.agentId, t.createdAt),
  ],
)

/** Every saved state of a draft: nothing a person typed and saved is ever lost. */
export const draftRevision = pgTable(
  'draft_revision',
  {
    draftId: uuid('draft_id')
      .notNull()
      .references(() => draft.id),
    revision: integer('revision').notNull(),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    editedBy: uuid('edited_by')
      .notNull()
      .references(() => person.id),
    savedAt: instant('saved_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [uniqueIndex('draft_revision_key').on(t.draftId, t.revision)],
)

/** A draft put up for approval, frozen at one digest. */
export const proposal = pgTable(
  'proposal',
  {
    id: uuid('id').primaryKey(),
    number: integer('number').notNull().generatedAlwaysAsIdentity().unique(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    draftId: uuid('draft_id')
      .notNull()
      .references(() => draft.id),
    baseVersionId: uuid('base_version_id'),
    baseDigest: text('base_digest').references(() => definition.digest),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    version: text('version').notNull(),
    message: text('message').notNull(),
    /** A `CapabilityChange` (lib/definition/model), frozen when proposed. */
    change: jsonb('change').notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => person.id),
    lastEditorId: uuid('last_editor_id')
      .notNull()
      .references(() => person.id),
    state: text('state', { enum: PROPOSAL_STATES }).notNull(),
    approvalId: uuid('approval_id').notNull(),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('proposal_open_per_agent').on(t.agentId).where(sql`${t.state} = 'open'`),
    index('proposal_agent').on(t.agentId, t.number),
    uniqueIndex('proposal_approval').on(t.approvalId),
  ],
)

/** A published definition of an agent. Immutable; guarded in drizzle/guards/agents.sql. */
export const version = pgTable(
  'version',
  {
    id: uuid('id').primaryKey(),
    agentId: uuid('agent_id')
      .notNull()
      .references(() => agent.id),
    ordinal: integer('ordinal').notNull(),
    number: text('number').notNull(),
    digest: text('digest')
      .notNull()
      .references(() => definition.digest),
    proposalId: uuid('proposal_id')
      .notNull()
      .references(() => proposal.id),
    message: text('message').notNull(),
    authorId: uuid('author_id')
      .notNull()
      .references(() => person.id),
    /** Findings at the time, as counts and the check's identity. */
    findings: jsonb('findings').notNull(),
    publishedAt: instant('published_at').notNull(),
    auditEventId: auditEvent(),
  },
  (t) => [
    uniqueIndex('version_ordinal').on(t.agentId, t.ordinal),
    uniqueIndex('version_number').on(t.agentId, t.number),
    uniqueIndex('version_proposal').on(t.proposalId),
  ],
)
