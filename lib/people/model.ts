import { z } from 'zod'
import { ROLES } from '@/lib/auth/permissions'
import { MAX_NAME } from '@/lib/core/limits'
import { scanText } from '@/lib/core/text-safety'

export const PERSON_STATES = ['invited', 'active', 'disabled'] as const
/** Lists whose queries a person may keep under a name. */
export const SAVED_VIEW_SCREENS = ['agents', 'inbox'] as const
export type SavedViewScreen = (typeof SAVED_VIEW_SCREENS)[number]
/** Views that one person may keep of one screen. */
export const MAX_SAVED_VIEWS = 20

export type PersonState = (typeof PERSON_STATES)[number]

const name = z
  .string()
  .trim()
  .min(1, 'Give a name.')
  .max(MAX_NAME, `Use at most ${MAX_NAME} characters.`)
  // A name stands beside decisions: characters that cannot be seen would let two people look alike.
  .refine((text) => !/\p{Cc}/u.test(text) && scanText(text, 1).length === 0, {
    error: 'The name holds a character that cannot be seen. Type it instead of pasting it.',
  })

/** ASCII only, so that no two addresses look alike. Compared and kept in lower case. */
const email = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'Use at most 254 characters.')
  .pipe(z.email('This does not look like an e-mail address.'))

/** Checked against the rules where it is set; here only bounded. */
const password = z.string().max(1_000)
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'The link is not complete. Copy all of it.')

/** What the browser calls itself, shown in the list of sessions. */
const userAgent = z.string().max(2_000).nullable().default(null)

const role = z.enum(ROLES)
/** Null: everywhere. */
const departmentId = z.uuid().nullable()

export const setUpInput = z.strictObject({
  token: secret,
  organisation: name,
  department: name,
  name,
  email,
  password,
  userAgent,
})
export const invitePersonInput = z.strictObject({
  name,
  email,
  roles: z
    .array(z.strictObject({ role, departmentId }))
    .min(1, 'Choose at least one role.')
    .max(100),
})
export const personInput = z.strictObject({ personId: z.uuid() })
export const acceptInvitationInput = z.strictObject({ token: secret, password, userAgent })
export const acceptByIdentityInput = z.strictObject({
  token: secret,
  issuer: z.string().min(1).max(500),
  subject: z.string().min(1).max(500),
})
export const linkIdentityInput = acceptByIdentityInput.omit({ token: true })
export const grantRoleInput = z.strictObject({ personId: z.uuid(), role, departmentId })
export const revokeRoleInput = z.strictObject({ grantId: z.uuid() })
export const createDepartmentInput = z.strictObject({ name })
export const createGroupInput = z.strictObject({ name })
export const groupMemberInput = z.strictObject({ groupId: z.uuid(), personId: z.uuid() })
/** A session is named by the first 16 hex digits of its hash; its id stays in its cookie. */
export const endSessionInput = z.strictObject({
  session: z.string().regex(/^[0-9a-f]{16}$/),
  because: z.enum(['signed_out', 'revoked']),
})
export const noInput = z.strictObject({})
export const changePasswordInput = z.strictObject({
  current: password,
  next: password,
  userAgent,
})
export const startSessionInput = z.strictObject({
  userAgent,
  /** A fresh hash of the password just used, when the stored one is of an older cost. */
  rehashed: z.string().max(300).nullable(),
})
export const saveViewInput = z.strictObject({
  /** Null: a new one. */
  viewId: z.uuid().nullable(),
  screen: z.enum(SAVED_VIEW_SCREENS),
  name: name.max(60, 'Use at most 60 characters.'),
  /** A query string without "?"; the screen reads it like any other address. */
  query: z.string().max(2_000),
})
export const removeViewInput = z.strictObject({ viewId: z.uuid() })
