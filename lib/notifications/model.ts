import { z } from 'zod'

/** Why somebody is told. */
export const NOTICE_TOPICS = [
  'approval_needed',
  'approval_settled',
  'decision_dismissed',
  'approval_reminder',
  'approval_blocked',
] as const
export type NoticeTopic = (typeof NOTICE_TOPICS)[number]

export const MAIL_STATES = ['waiting', 'sent', 'failed'] as const
export type MailState = (typeof MAIL_STATES)[number]

/** One thing to tell some people. `href` is a path of the console; opening it never decides. */
export type Notice = {
  topic: NoticeTopic
  people: readonly string[]
  subjectId: string
  sentence: string
  href: string
}

export const readNoticesInput = z.strictObject({
  /** Ids to mark as read; empty: every one. */
  notices: z.array(z.uuid()).max(200),
})
export const mailPreferenceInput = z.strictObject({ wanted: z.enum(['digest', 'none']) })
export const resendMailInput = z.strictObject({ mailId: z.uuid() })
