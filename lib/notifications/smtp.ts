import 'server-only'
import { createTransport } from 'nodemailer'
import { refused } from '@/lib/core/errors'

/** What leaves for one person. `id` becomes the Message-ID, so that a repeat is known as one. */
export type Letter = { id: string; to: string; subject: string; body: string }

export type MailSettings = { url: string; from: string }

type Environment = Record<string, string | undefined>

/**
 * Where mail goes: CHANCERY_SMTP_URL (smtp:// or smtps://, with user and password) and
 * CHANCERY_MAIL_FROM. Null when neither is set: then nothing is mailed. Throws `refused` for half.
 */
export function mailSettings(env: Environment = process.env): MailSettings | null {
  const { CHANCERY_SMTP_URL: url, CHANCERY_MAIL_FROM: from } = env
  if (!url && !from) return null
  if (!url || !from) {
    refused('Set both CHANCERY_SMTP_URL and CHANCERY_MAIL_FROM, or neither.')
  }
  const protocol = URL.canParse(url) ? new URL(url).protocol : ''
  if (protocol !== 'smtp:' && protocol !== 'smtps:') {
    refused('CHANCERY_SMTP_URL is not an address like smtps://user:password@mail.example.org.')
  }
  return { url, from }
}

/** Whether anything is mailed at all; half a setting is the doctor's to report. */
export function mailIsSet(env: Environment = process.env): boolean {
  return Boolean(env.CHANCERY_SMTP_URL && env.CHANCERY_MAIL_FROM)
}

const TIMEOUT_MS = 20_000

/** Hands one letter to the server. Throws when the server did not take it. */
export async function sendLetter(settings: MailSettings, letter: Letter): Promise<void> {
  const transport = createTransport(settings.url, {
    from: settings.from,
    // What is in a mail is ours to say: no file and no address is fetched for it.
    ...{ disableFileAccess: true, disableUrlAccess: true },
  })
  const host =
    settings.from
      .split('@')
      .at(-1)
      ?.replace(/[^A-Za-z0-9.-]/g, '') || 'localhost'
  try {
    await withDeadline(
      transport.sendMail({
        ...{ to: letter.to, subject: letter.subject, text: letter.body },
        messageId: `<${letter.id}@${host}>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
      }),
    )
  } finally {
    transport.close()
  }
}

async function withDeadline<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The mail server did not answer.')), TIMEOUT_MS)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
