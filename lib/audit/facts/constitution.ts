import { z } from 'zod'
import { count, date, define, digest, id, token } from './fields'

const rule = token

/** The constitution, waivers, and the requests that routing is tried on. */
export const CONSTITUTION_FACTS = {
  'constitution.draft_opened': define(1, '{actor} opened a draft of the constitution', {
    base: digest,
    hash: digest,
  }),
  'constitution.draft_saved': define(1, '{actor} saved revision {revision} of the constitution', {
    revision: count,
    previous: digest,
    hash: digest,
  }),
  'constitution.draft_discarded': define(1, '{actor} discarded a draft of the constitution', {
    revision: count,
    hash: digest,
  }),
  'constitution.proposed': define(1, '{actor} proposed constitution {label}', {
    label: token,
    base: digest,
    hash: digest,
    quorum: count,
    newly_failing: count,
    newly_passing: count,
  }),
  'constitution.withdrawn': define(1, '{actor} withdrew constitution {label}', {
    label: token,
    hash: digest,
  }),
  'constitution.returned': define(1, 'A change of the constitution was returned: {because}', {
    hash: digest,
    because: z.enum(['changes_requested', 'rejected', 'expired', 'edited']),
  }),
  'constitution.published': define(1, 'Constitution {label} came into force', {
    label: token,
    ordinal: count,
    hash: digest,
    previous: digest,
    approvals: count,
  }),
  'catalog.checked': define(1, '{agents} agents were checked under another rulebook', {
    constitution: digest,
    checker: token,
    agents: count,
    newly_failing: count,
    newly_passing: count,
  }),
  'waiver.requested': define(1, '{actor} asked to excuse {rule} for {agent}', {
    rule,
    digest,
    owner: id,
    ends_on: date,
  }),
  'waiver.approved': define(1, '{rule} is excused for {agent} until {ends_on}', {
    rule,
    ends_on: date,
    approvals: count,
  }),
  'waiver.refused': define(1, 'A waiver of {rule} for {agent} was refused', {
    rule,
    because: z.enum(['rejected', 'withdrawn', 'expired']),
  }),
  'waiver.revoked': define(1, '{actor} revoked the waiver of {rule} for {agent}', {
    rule,
    ends_on: date,
  }),
  'routing_case.saved': define(1, '{actor} saved a routing case', { expected: token.nullable() }),
  'routing_case.removed': define(1, '{actor} removed a routing case', {}),
} as const
