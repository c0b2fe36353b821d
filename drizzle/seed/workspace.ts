/** The folder that the demo's runs may read and change: a small booking service. */
export const DEMO_WORKSPACE: Readonly<Record<string, string>> = {
  'README.md': `# booking

Takes bookings from forwarders and hands them to customs and billing.

- src/booking.ts: one booking, its states
- src/tariff.ts: what a booking costs
- test/tariff.test.ts: examples that a dispatcher checked
`,
  'package.json': `{
  "name": "booking",
  "version": "3.4.1",
  "type": "module",
  "scripts": { "test": "node --test" }
}
`,
  'src/booking.ts': `export type State = 'draft' | 'confirmed' | 'loaded' | 'delivered'

export type Booking = { id: string; containers: number; state: State }

/** A booking is confirmed once; doing it again changes nothing. */
export function confirm(booking: Booking): Booking {
  return booking.state === 'draft' ? { ...booking, state: 'confirmed' } : booking
}
`,
  'src/tariff.ts': `import type { Booking } from './booking'

const BASE = 480
const PER_CONTAINER = 125

/** Price in euro. TODO: reefer containers cost more. */
export function price(booking: Booking): number {
  return BASE + booking.containers * PER_CONTAINER
}
`,
  'test/tariff.test.ts': `import assert from 'node:assert/strict'
import { test } from 'node:test'
import { price } from '../src/tariff'

test('three containers', () => {
  assert.equal(price({ id: 'b1', containers: 3, state: 'draft' }), 855)
})
`,
  'notes/3.4.0.md': `# 3.4.0

- Forwarders see the customs state of a booking.
- Confirming a booking twice no longer sends two letters.
`,
}
