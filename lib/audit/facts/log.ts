import { z } from 'zod'
import { ERROR_CODES } from '@/lib/core/errors'
import { count, date, define, digest, token } from './fields'

/** Reviews, refusals, and what was done with the log itself. */
export const LOG_FACTS = {
  'review.scheduled': define(1, 'A review of {agent} is due on {due_on}', {
    due_on: date,
    digest,
  }),
  'review.reminded': define(1, 'The reviewers of {agent} were reminded', {
    due_on: date,
    people: count,
  }),
  'review.completed': define(1, '{actor} reviewed {agent}: {outcome}', {
    outcome: z.enum(['keep', 'change', 'suspend', 'retire']),
    digest,
    next_due_on: date.nullable(),
  }),
  'review.voided': define(1, 'A review of {agent} was voided: {because}', {
    because: z.enum(['new_version', 'retired', 'suspended']),
    digest,
  }),
  'command.refused': define(1, '{actor} was refused: {command}', {
    command: token,
    code: z.enum(ERROR_CODES),
  }),
  'log.verified': define(1, '{actor} verified the log: {verdict}', {
    size: count,
    root: digest,
    verdict: z.enum(['verified', 'tampered', 'inconclusive']),
    codes: z.array(token).max(32),
  }),
  'log.exported': define(1, '{actor} exported {facts} facts', { facts: count, sha256: digest }),
  'log.key_rotated': define(1, '{actor} changed the checkpoint key of the log', {
    old_key: token,
    new_key: token,
    size: count,
  }),
  'log.viewed': define(1, '{actor} looked at private values of the log', { facts: count }),
} as const
