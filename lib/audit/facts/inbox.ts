import { z } from 'zod'
import { count, define, digest } from './fields'

const instant = z.iso.datetime()

/** What people do with an approval before they decide it, and who stands in for whom. */
export const INBOX_FACTS = {
  'approval.viewed': define(1, '{actor} had an approval on screen', { digest, rendered: digest }),
  'approval.snoozed': define(1, '{actor} set an approval aside until {until}', { until: instant }),
  'approval.recalled': define(1, '{actor} took an approval back to decide', {}),
  'approval.claimed': define(1, '{actor} is on an approval until {until}', { until: instant }),
  'approval.released': define(1, '{actor} is no longer on an approval', {}),
  'approval.delegated': define(1, '{actor} handed an approval to {person}', { hop: count }),
  'absence.planned': define(1, '{actor} is away; {person} stands in', {
    from: instant,
    until: instant,
  }),
  'absence.ended': define(1, '{actor} is no longer away', {}),
} as const
