import { z } from 'zod'
import { count, define, digest, id, token } from './fields'

const call = { tool: token, args: digest, rule: token }

/** Runs, their tool calls and what they change. */
export const RUN_FACTS = {
  'run.queued': define(1, '{actor} started a run of {agent}', {
    digest,
    constitution: digest,
    provider: token,
    model: token,
    task: digest,
  }),
  'run.started': define(1, 'A run of {agent} began', { digest, attempt: count }),
  'run.refused': define(1, 'A run of {agent} was refused: {because}', {
    because: z.enum([
      'not_active',
      'no_version',
      'digest_mismatch',
      'workspace_missing',
      'provider_missing',
      'overdue_review',
      'limit',
    ]),
    digest: digest.nullable(),
  }),
  'run.advanced': define(1, 'A run of {agent} took step {step}', {
    step: count,
    messages: count,
    calls: count,
    conversation: digest,
    tokens_in: count.nullable(),
    tokens_out: count.nullable(),
  }),
  'run.suspended': define(1, 'A run of {agent} waits for {waiting_for}', {
    step: count,
    waiting_for: z.enum(['tool_call', 'change_set', 'outcome', 'provider']),
  }),
  'run.resumed': define(1, 'A run of {agent} went on', { step: count, attempt: count }),
  'run.finished': define(1, 'A run of {agent} finished', {
    steps: count,
    calls: count,
    outcome: token,
  }),
  'run.failed': define(1, 'A run of {agent} failed: {code}', { step: count, code: token }),
  'run.stopped': define(1, '{actor} stopped a run of {agent}', { step: count }),
  'tool_call.allowed': define(1, '{tool} was allowed by {rule}', { ...call, step: count }),
  'tool_call.held': define(1, '{tool} was held by {rule}', { ...call, step: count }),
  'tool_call.denied': define(1, '{tool} was denied by {rule}', {
    ...call,
    step: count,
    because: z.enum(['rule', 'person', 'expired', 'invalid']),
  }),
  'tool_call.approved': define(1, '{tool} was approved', { ...call, approval: id }),
  'tool_call.executing': define(1, '{tool} is being executed', { ...call, attempt: count }),
  'tool_call.executed': define(1, '{tool} was executed: {result}', {
    ...call,
    result: z.enum(['succeeded', 'failed']),
    output: digest,
    duration_ms: count,
  }),
  'tool_call.outcome_unknown': define(1, 'Nobody knows whether {tool} happened', call),
  'tool_call.outcome_settled': define(1, '{actor} settled what became of {tool}: {answer}', {
    ...call,
    answer: z.enum(['happened', 'did_not_happen', 'retry']),
  }),
  'change_set.proposed': define(1, 'A run of {agent} wants to change {files} files', {
    digest,
    files: count,
    added: count,
    removed: count,
    operations: count,
  }),
  'change_set.approved': define(1, 'The changes of a run of {agent} were approved', { digest }),
  'change_set.rejected': define(1, 'The changes of a run of {agent} were rejected', {
    digest,
    because: z.enum(['person', 'expired', 'stopped']),
  }),
  'change_set.applying': define(1, 'The changes of a run of {agent} are being applied', { digest }),
  'change_set.applied': define(1, 'The changes of a run of {agent} were applied', {
    digest,
    files: count,
    operations: count,
  }),
  'change_set.conflicted': define(1, 'The changes of a run of {agent} no longer fit', {
    digest,
    files: count,
  }),
} as const
