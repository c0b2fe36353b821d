import { afterEach, expect, test } from 'vitest'
import {
  dismissToast,
  getToasts,
  subscribeToasts,
  toastFailed,
  toastPending,
  toastRecorded,
  toastUndo,
} from './toasts'

afterEach(() => {
  for (const entry of getToasts()) dismissToast(entry.id)
})

test('a recorded decision stays 6 seconds and carries its seal and its receipt', () => {
  toastRecorded({ title: 'Recorded as fact 12.', digest: 'ab'.repeat(32), receipt: '/log/12' })
  expect(getToasts()).toMatchObject([
    { kind: 'recorded', duration: 6_000, digest: 'ab'.repeat(32), receipt: '/log/12' },
  ])
})

test('an undo leaves when its effect comes', () => {
  const until = Date.now() + 10_000
  toastUndo({ title: 'Publishes', until, undo: () => undefined })
  expect(getToasts()[0]?.duration).toBeGreaterThan(9_000)
  expect(getToasts()[0]?.duration).toBeLessThanOrEqual(10_000)
})

test('a failure stays until somebody closes it', () => {
  const id = toastFailed({ title: 'Not recorded.' })
  expect(getToasts()[0]?.duration).toBeGreaterThan(60_000)
  dismissToast(id)
  expect(getToasts()).toEqual([])
})

test('never more than four at once, the newest win', () => {
  for (let n = 1; n <= 6; n++) toastPending(`Message ${n}`)
  expect(getToasts().map((entry) => entry.title)).toEqual([
    'Message 3',
    'Message 4',
    'Message 5',
    'Message 6',
  ])
})

test('whoever watches is told once per change', () => {
  let told = 0
  const stop = subscribeToasts(() => told++)
  dismissToast(toastPending('Recording your decision'))
  stop()
  toastPending('Later')
  expect(told).toBe(2)
})
