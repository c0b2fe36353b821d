/** Requests of the demo organisation's people, and the agent that should get each. */
export const DEMO_ROUTING: readonly { phrase: string; expected: string | null }[] = [
  { phrase: 'Why is the tariff query so slow?', expected: 'query-explainer' },
  { phrase: 'The customs table needs a column', expected: 'schema-migrator' },
  { phrase: 'Write the release notes of Friday', expected: 'release-scribe' },
  { phrase: 'Keep the timeline of the crane incident', expected: 'incident-scribe' },
  { phrase: 'Find the first odd line around 04:10', expected: 'log-digger' },
  { phrase: 'Make a week of bookings for the billing test', expected: 'test-data-maker' },
  { phrase: 'Good morning', expected: null },
]
