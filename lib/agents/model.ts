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
  /** The live version that the text was merged with: from then on the draft is based on it. */
  mergedWith: z.uuid().optional(),
})

export const restoreVersionInput = z.strictObject({ versionId: z.uuid() })

export const discardDraftInput = z.strictObject({ draftId: z.uuid(), revision: z.int().min(0) })

export const openProposalInput = z.strictObject({
  draftId: z.uuid(),
  revision: z.int().min(0),
  message: z.string().trim().min(1, 'Say in a sentence why this should change.').max(MAX_MESSAGE),
})

export const withdrawProposalInput = z.strictObject({ proposalId: z.uuid() })

/** What is left out stays as it is. */
const assignment = {
  ownerId: z.uuid().nullable().optional(),
  sponsorId: z.uuid().nullable().optional(),
  departmentId: z.uuid().optional(),
}
export const assignAgentInput = z.strictObject({ agentId: z.uuid(), ...assignment })

export const checkAgentInput = z.strictObject({ agentId: z.uuid() })

/** Agents that may be selected at once, and how many of them one request works through. */
export const MAX_BULK = 500
export const BULK_SLICE = 25

/** One slice of a selection and what is done with each of its agents; `key` names the intent. */
const slice = {
  agentIds: z.array(z.uuid()).min(1).max(BULK_SLICE),
  key: z.string().regex(/^[A-Za-z0-9-]{8,40}$/),
}
export const bulkInput = z.discriminatedUnion('verb', [
  z.strictObject({ verb: z.literal('assign'), ...slice, ...assignment }),
  z.strictObject({ verb: z.literal('check'), ...slice }),
  z.strictObject({ verb: z.literal('export'), ...slice }),
])

/** What became of one agent of a selection; `because` says why nothing was done. */
export type BulkOutcome = {
  agentId: string
  outcome: 'done' | 'unchanged' | 'refused'
  because?: string
}
/** A file of an export: its path in the archive and its exact bytes as base64. */
export type BulkFile = { path: string; bytes: string }
export type BulkAnswer = { outcomes: BulkOutcome[]; files: BulkFile[] }

/** A request of the routing tests: longer ones are documents. */
export const MAX_PHRASE = 500
/** Tests that are kept, and that one paste may bring. */
export const MAX_ROUTING_CASES = 500
export const MAX_PASTED_CASES = 200

export const saveRoutingCasesInput = z.strictObject({
  cases: z
    .array(
      z.strictObject({
        /** Absent: the phrase finds its case, or makes one. */
        id: z.uuid().optional(),
        phrase: z.string().trim().min(1, 'Write the request.').max(MAX_PHRASE),
        /** Slug of the agent that should get it; null when nobody should. */
        expected: z.string().trim().min(1).max(120).nullable(),
      }),
    )
    .min(1)
    .max(MAX_PASTED_CASES),
})

export const removeRoutingCaseInput = z.strictObject({ caseId: z.uuid() })

export const CATALOG_SORTS = ['risk', 'name', 'review'] as const
export type CatalogSort = (typeof CATALOG_SORTS)[number]
export const CATALOG_VIEWS = ['all', 'attention', 'mine', 'high', 'sponsorless', 'retired'] as const
export type CatalogView = (typeof CATALOG_VIEWS)[number]
export const CATALOG_FILTERS = [
  'state',
  'risk',
  'department',
  'owner',
  'sponsor',
  'tool',
  'mcp',
  'model',
  'rule',
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
  sponsor?: string
  /** Exact names, as the definition writes them; the tool `*` stands for every tool. */
  tool?: string
  mcp?: string
  /** A model, or `none` where the definition names none. */
  model?: string
  /** Id of a rule with an open finding. */
  rule?: string
  /** `yes`: anything open; `errors`: what stops a proposal; `no`: nothing. */
  findings?: 'yes' | 'errors' | 'no'
  /** `due` is within 30 days, not overdue. */
  review?: 'overdue' | 'due' | 'none'
}

export const REACH_KINDS = ['tool', 'mcp', 'skill', 'agent'] as const
/** Whose reach is asked for: a tool by its base name, a server, a skill, an agent by its slug. */
export type ReachSubject = { kind: (typeof REACH_KINDS)[number]; name: string }
/** Sub-agents of sub-agents: how far the reach is followed, and how many rows are listed. */
export const MAX_REACH_STEPS = 8
export const MAX_REACH_ROWS = 500

/** The keys of the last row of a page; the next page starts after it. */
export type CatalogCursor = { key: string | number | null; slug: string }

/** SHA-256 in hex: of the bytes that a screen showed, or of what a finding is about. */
const digest = z.string().regex(/^[0-9a-f]{64}$/)
const reason = z.string().trim().min(1, 'Say why; it is kept in the record.').max(MAX_MESSAGE)

/** Which finding: on which bytes it was shown, and what it is about. */
const findingInput = { agentId: z.uuid(), digest, fingerprint: digest }

export const applyFixInput = z.strictObject(findingInput)

export const requestWaiverInput = z.strictObject({
  ...findingInput,
  reason,
  ownerId: z.uuid(),
  endsOn: z.iso.date(),
})
export const withdrawWaiverInput = z.strictObject({ waiverId: z.uuid() })
export const revokeWaiverInput = z.strictObject({ waiverId: z.uuid(), reason })

export const suspendAgentInput = z.strictObject({ agentId: z.uuid(), reason })
export const resumeAgentInput = z.strictObject({ agentId: z.uuid(), reason })
export const retireAgentInput = z.strictObject({
  agentId: z.uuid(),
  reason,
  /** The agent's name, typed: retiring cannot be undone. */
  typedName: z.string().max(200),
})

export const WAIVER_VIEWS = ['open', 'force', 'ended'] as const
export type WaiverView = (typeof WAIVER_VIEWS)[number]
/** What the list of waivers is narrowed by: a slug, the id of a rule, the id of a person. */
export type WaiverFilters = { agent?: string; rule?: string; owner?: string }
