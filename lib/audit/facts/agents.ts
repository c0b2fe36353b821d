import { z } from 'zod'
import { approvalKind, count, define, digest, id, risk, semver, token } from './fields'

const findings = { errors: count, warnings: count, notes: count }

/** Agents, their definitions, drafts, proposals and versions. */
export const AGENT_FACTS = {
  'agent.imported': define(1, '{actor} imported {agent}', {
    digest,
    bytes: count,
    format: token,
    fate: token,
    ...findings,
  }),
  'agent.import_repeated': define(1, '{actor} imported {agent} again', {
    digest,
    previous: digest,
    bytes: count,
    format: token,
    fate: token,
    ...findings,
  }),
  'import.completed': define(1, '{actor} imported {files} files', {
    files: count,
    imported: count,
    updated: count,
    unchanged: count,
    skipped: count,
    refused: count,
  }),
  'agent.created': define(1, '{actor} created {agent}', { digest }),
  'agent.assigned': define(1, '{actor} assigned {agent}', {
    owner: id.nullable(),
    sponsor: id.nullable(),
    department: id,
    changed: z.array(z.enum(['owner', 'sponsor', 'department'])),
  }),
  'agent.checked': define(1, '{agent} was checked again', {
    digest,
    constitution: digest,
    ...findings,
  }),
  'agent.suspended': define(1, '{actor} suspended {agent}', {
    because: z.enum(['decision', 'review', 'changed_outside', 'overdue']),
  }),
  'agent.resumed': define(1, '{actor} resumed {agent}', {}),
  'agent.retired': define(1, '{actor} retired {agent}', {
    because: z.enum(['decision', 'review']),
  }),
  'draft.opened': define(1, '{actor} opened a draft of {agent}', {
    base: digest.nullable(),
    digest,
    revision: count,
  }),
  'draft.saved': define(1, '{actor} saved revision {revision} of a draft of {agent}', {
    revision: count,
    previous: digest,
    digest,
  }),
  'draft.discarded': define(1, '{actor} discarded a draft of {agent}', { revision: count, digest }),
  'proposal.opened': define(1, '{actor} proposed version {version} of {agent}', {
    number: count,
    version: semver,
    base: digest.nullable(),
    digest,
    risk,
    widening: z.boolean(),
    quorum: count,
  }),
  'proposal.withdrawn': define(1, '{actor} withdrew a proposal for {agent}', { digest }),
  'proposal.returned': define(1, 'A proposal for {agent} was returned: {because}', {
    digest,
    because: z.enum(['changes_requested', 'rejected', 'expired']),
  }),
  'proposal.dismissed': define(1, 'A proposal for {agent} was dismissed: {because}', {
    digest,
    because: z.enum(['edited', 'discarded', 'base_changed', 'constitution_changed', 'retired']),
  }),
  'approval.opened': define(1, 'An approval was opened that needs {quorum}', {
    kind: approvalKind,
    digest,
    rule: token,
    rule_version: count,
    risk,
    quorum: count,
  }),
  'approval.decided': define(1, '{actor} decided: {verdict}', {
    decision: id,
    kind: approvalKind,
    verdict: z.enum(['approve', 'request_changes', 'reject']),
    digest,
    rendered: digest,
    rule_version: count,
    state: z.enum(['open', 'approved', 'changes_requested', 'rejected']),
  }),
  'approval.dismissed': define(1, 'An approval was dismissed: {because}', {
    kind: approvalKind,
    digest,
    because: token,
    decisions: count,
  }),
  'approval.withdrawn': define(1, '{actor} withdrew an approval', { kind: approvalKind, digest }),
  'approval.expired': define(1, 'An approval expired: {outcome}', {
    kind: approvalKind,
    digest,
    outcome: z.enum(['deny', 'park']),
  }),
  'version.published': define(1, '{actor} published {agent} {number}', {
    number: semver,
    ordinal: count,
    digest,
    previous: digest.nullable(),
    proposal: id,
    approvals: count,
  }),
  'digest.mismatched': define(1, '{agent} is not what was published', {
    expected: digest,
    found: digest,
  }),
  'constitution.adopted': define(1, '{actor} adopted a constitution', {
    hash: digest,
    previous: digest.nullable(),
  }),
} as const
