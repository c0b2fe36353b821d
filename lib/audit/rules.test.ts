import { expect, test } from 'vitest'
import { readLogQuery } from './rules'

test.each([
  ['action:version.*', { action: ['version.*'], notAction: [], text: '' }],
  ['-action:session.* published', { action: [], notAction: ['session.*'], text: 'published' }],
  ['after:2026-11-01', { after: '2026-11-01T00:00:00.000Z' }],
  ['outcome:denied target:abc', { outcome: 'denied', target: 'abc' }],
])('%s narrows the log', (text, filter) => {
  expect(readLogQuery(text)).toMatchObject({ filter, problem: null })
})

test.each(['outcome:maybe', 'after:yesterday', '-target:x'])(
  '%s is said not to be understood',
  (text) => {
    expect(readLogQuery(text).problem).toContain('not understood')
  },
)
