import { describe, expect, test } from 'vitest'
import type { CallState, ChangeSetState, Operation, OperationState } from './model'
import { type Move, nextMove, pauseBeforeAttempt, type Situation, whyReviewStops } from './rules'

const LIMITS = { steps: 40, minutes: 60 }
const situation = (more: Partial<Situation>): Situation => ({
  state: 'ready',
  waitingFor: null,
  step: 3,
  attempt: 1,
  workedMs: 0,
  lastRole: 'tool',
  calls: [],
  changeSet: null,
  ...more,
})
const calls = (...states: CallState[]) => states.map((state, i) => ({ id: `c${i}`, state }))
const operation = (state: OperationState): Operation => ({
  argv: ['git', 'push'],
  cwd: '.',
  stdin: null,
  callId: 'c',
  state,
  exitCode: null,
  output: null,
})
const changeSet = (state: ChangeSetState, ...operations: OperationState[]) => ({
  lastRole: 'assistant' as const,
  changeSet: { state, operations: operations.map(operation) },
})

describe('the next move of a run', () => {
  test.each<[string, Partial<Situation>, Move['kind']]>([
    ['a queued run begins', { state: 'queued', lastRole: null }, 'begin'],
    [
      'the model is asked when every call has a result',
      { calls: calls('succeeded', 'failed', 'denied_by_policy', 'denied') },
      'ask',
    ],
    ['and not before', { calls: calls('succeeded', 'approved') }, 'execute'],
    [
      'a held call stops those behind it',
      { calls: calls('awaiting_approval', 'approved') },
      'wait',
    ],
    ['a refused call is told to the model', { calls: calls('rejected') }, 'deny'],
    ['an expired one too', { calls: calls('expired') }, 'deny'],
    ['a call found executing is never repeated', { calls: calls('executing') }, 'fail'],
    ['a call of unknown outcome waits for people', { calls: calls('outcome_unknown') }, 'wait'],
    ['an answer without calls concludes the run', { lastRole: 'assistant' }, 'conclude'],
    ['a proposed change-set waits for people', changeSet('proposed'), 'wait'],
    ['an approved one is first intended', changeSet('approved'), 'intend'],
    ['then applied', changeSet('applying'), 'apply'],
    [
      'one found half applied is applied again, because that is safe',
      changeSet('applying', 'pending'),
      'apply',
    ],
    ['a rejected one ends the run', changeSet('rejected'), 'finish'],
    ['operations follow the files', changeSet('applied', 'succeeded', 'pending'), 'perform'],
    [
      'an operation found executing is never repeated',
      changeSet('applied', 'executing'),
      'unknown',
    ],
    ['one that failed stops those behind it', changeSet('applied', 'failed', 'pending'), 'fail'],
    [
      'one of unknown outcome waits for people',
      changeSet('applied', 'outcome_unknown', 'pending'),
      'wait',
    ],
    ['the run ends when all are done', changeSet('applied', 'succeeded'), 'finish'],
    ['the cap on steps ends a run by name', { step: 40 }, 'fail'],
    ['the cap on time too', { workedMs: 3_600_000 }, 'fail'],
    ['a step that never finishes is given up', { attempt: 6 }, 'fail'],
    [
      'a run that waits for a provider asks again',
      { state: 'suspended', waitingFor: 'provider' },
      'ask',
    ],
    [
      'a run that waits for people does nothing',
      { state: 'suspended', waitingFor: 'tool_call' },
      'wait',
    ],
    ['a run that is over does nothing', { state: 'cancelled' }, 'wait'],
  ])('%s', (_name, more, kind) => {
    expect(nextMove(situation(more), LIMITS).kind).toBe(kind)
  })

  test('caps do not cut off a change-set that people approved', () => {
    const late = situation({ ...changeSet('approved'), step: 40, workedMs: 9e9 })
    expect(nextMove(late, LIMITS).kind).toBe('intend')
  })
})

test('a review stops runs only after its days of grace', () => {
  expect(whyReviewStops(null, '2026-11-22')).toBeNull()
  expect(whyReviewStops('2026-11-08', '2026-11-22')).toBeNull()
  expect(whyReviewStops('2026-11-07', '2026-11-22')).toContain('15 days overdue')
})

test('pauses between attempts grow and are bounded', () => {
  expect([1, 2, 3, 10].map(pauseBeforeAttempt)).toEqual([2_000, 4_000, 8_000, 60_000])
})
