import { z } from 'zod'
import { MAX_DEFINITION_BYTES, MAX_MESSAGE } from '@/lib/core/limits'

export const AGENT_STATES = ['draft', 'active', 'suspended', 'retired'] as const
export type AgentState = (typeof AGENT_STATES)[number]

export const DRAFT_STATES = ['open', 'proposed', 'published', 'discarded'] as const

export const PROPOSAL_STATES = [
  'open',
  'published',
  'changes_requested',
  'rejected',
  'withdrawn',
  'dismissed',
  'expired',
] as const

/** What became of one file of an import. */
export const IMPORT_OUTCOMES = [
  'imported',
  'imported_with_findings',
  'updated',
  'unchanged',
  'skipped',
  'refused',
] as const
export type ImportOutcome = (typeof IMPORT_OUTCOMES)[number]

/** Bytes travel to an action as base64, because text would lose what is not UTF-8. */
const base64Bytes = z.base64().max(Math.ceil(MAX_DEFINITION_BYTES / 3) * 4 + 4)

export const importFileInput = z.strictObject({
  departmentId: z.uuid(),
  /** Where the file was, relative to the imported root; decides what it is and finds it again. */
  path: z.string().min(1).max(1_000),
  bytes: base64Bytes,
})

export const openDraftInput = z.strictObject({ agentId: z.uuid() })

export const saveDraftInput = z.strictObject({
  draftId: z.uuid(),
  /** The revision that the editor started from; another one is a conflict that loses nothing. */
  revision: z.int().min(0),
  bytes: base64Bytes,
})

export const discardDraftInput = z.strictObject({ draftId: z.uuid(), revision: z.int().min(0) })

export const openProposalInput = z.strictObject({
  draftId: z.uuid(),
  revision: z.int().min(0),
  message: z.string().trim().min(1, 'Say in a sentence why this should change.').max(MAX_MESSAGE),
})

export const withdrawProposalInput = z.strictObject({ proposalId: z.uuid() })

export const assignAgentInput = z.strictObject({
  agentId: z.uuid(),
  ownerId: z.uuid().nullable(),
  sponsorId: z.uuid().nullable(),
  departmentId: z.uuid(),
})

export const CATALOG_SORTS = ['risk', 'name', 'review'] as const
export type CatalogSort = (typeof CATALOG_SORTS)[number]
export const CATALOG_VIEWS = ['all', 'attention', 'mine', 'high', 'sponsorless', 'retired'] as const
export type CatalogView = (typeof CATALOG_VIEWS)[number]
export const CATALOG_FILTERS = [
  'state',
  'risk',
  'department',
  'owner',
  'findings',
  'review',
  'text',
] as const
export type CatalogFilter = (typeof CATALOG_FILTERS)[number]

/**
 * What the catalog is asked for; the same object makes the SQL, the chips and the address. An
 * absent filter does not restrict, except that retired agents show only when `state` asks for them
 * (`any` lists every state).
 */
export type CatalogFilters = {
  /** Words that must all occur in slug, title or description, in any letter case. */
  text?: string
  state?: readonly AgentState[] | 'any'
  risk?: readonly ('low' | 'medium' | 'high' | 'critical')[]
  /** Slug of a department. */
  department?: string
  /** Id of a person, or `none`. */
  owner?: string
  /** `yes`: anything open; `errors`: what stops a proposal; `no`: nothing. */
  findings?: 'yes' | 'errors' | 'no'
  /** `due` is within 30 days, not overdue. */
  review?: 'overdue' | 'due' | 'none'
}

/** The keys of the last row of a page; the next page starts after it. */
export type CatalogCursor = { key: string | number | null; slug: string }
