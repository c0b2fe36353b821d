/**
 * What the browser wants at the provider beyond signing in: to accept an invitation, or to link a
 * second way in. Set for ten minutes before it leaves, readable only where it comes back.
 */
export const INTENT_COOKIES = { join: 'chancery-join', link: 'chancery-link' } as const
export const INTENT_PATH = '/api/auth'
export const INTENT_SECONDS = 600
