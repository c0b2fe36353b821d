import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { PersonActor } from '@/lib/auth/actor'
import { newId } from '@/lib/core/ids'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { transaction } from '@/lib/db/transaction'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { notify, preferMail, readNotices, resendMail, settleNotices } from './commands'
import { sendDigest } from './digest'
import { ownNotices, stuckMails, unreadNotices } from './queries'
import { MAX_MAIL_ATTEMPTS } from './rules'

// A real client against a real SMTP server on loopback.

let database: TestDatabase
let server: SMTPServer
let admin: PersonActor
let reader: PersonActor
/** What the server took, as it came over the wire. */
let letters: string[] = []
let refuses = false

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) => done(refuses ? new Error('No such box') : null),
    onData: (stream, _session, done) => {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        letters.push(Buffer.concat(parts).toString())
        done()
      })
    },
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.server.address() as AddressInfo
  vi.stubEnv('CHANCERY_SMTP_URL', `smtp://127.0.0.1:${port}`)
  vi.stubEnv('CHANCERY_MAIL_FROM', 'Chancery <chancery@example.org>')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await new Promise<void>((closed) => server?.close(closed))
  await database?.close()
})
beforeEach(async () => {
  letters = []
  refuses = false
  reader = await aPerson(admin, [{ role: 'approver', departmentId: null }])
})

const tell = (subjectId: string = newId(), sentence = 'Adds Bash to ledger-keeper') =>
  transaction((tx) =>
    notify(
      { tx, now: new Date() },
      { topic: 'approval_needed', people: [reader.id], subjectId, sentence, href: '/inbox/1' },
    ),
  )
const jobs = async () =>
  (
    await database.asAdmin('select count(*)::int as n from graphile_worker.jobs where key = $1', [
      `mail.digest/${reader.id}`,
    ])
  )[0]?.n
const mails = () =>
  database.asAdmin('select state, attempts, last_error from mail where person_id = $1', [reader.id])

describe('mail', () => {
  test('many notices of one person leave as one letter, once', async () => {
    for (const name of ['one', 'two', 'three']) await tell(newId(), `Rewords ${name}`)
    expect(await jobs()).toBe(1)
    await sendDigest(reader.id)
    await sendDigest(reader.id)
    expect(letters).toHaveLength(1)
    expect(letters[0]).toContain('Subject: Example Freight: 3 things need you')
    for (const name of ['one', 'two', 'three']) expect(letters[0]).toContain(`Rewords ${name}`)
    expect(await mails()).toMatchObject([{ state: 'sent' }])
  })

  test('what was undone with the transaction is told to nobody', async () => {
    const undone = transaction(async (tx) => {
      const told = { people: [reader.id], subjectId: newId(), sentence: 'Never', href: '/' }
      await notify({ tx, now: new Date() }, { topic: 'approval_needed', ...told })
      throw new Error('undone')
    })
    await expect(undone).rejects.toThrow('undone')
    expect(await jobs()).toBe(0)
    expect(await unreadNotices(reader)).toBe(0)
  })

  test('what is settled before the letter leaves is not in it', async () => {
    const subject = newId()
    await tell(subject)
    await transaction((tx) => settleNotices({ tx, now: new Date() }, subject))
    await sendDigest(reader.id)
    expect(letters).toEqual([])
  })

  test('a letter that a crash sends again carries the same Message-ID', async () => {
    await tell()
    await sendDigest(reader.id)
    await database.asAdmin("update mail set state = 'waiting' where person_id = $1", [reader.id])
    await sendDigest(reader.id)
    const ids = letters.map((letter) => /^Message-ID: (.*)$/im.exec(letter)?.[1])
    expect(ids).toHaveLength(2)
    expect(new Set(ids).size).toBe(1)
  })

  test('a refusal is tried again later, and after the last attempt stays visible and can be sent', async () => {
    refuses = true
    await tell()
    for (let attempt = 0; attempt < MAX_MAIL_ATTEMPTS + 2; attempt += 1) await sendDigest(reader.id)
    expect(await mails()).toMatchObject([{ state: 'failed', attempts: MAX_MAIL_ATTEMPTS }])
    const [stuck] = (await stuckMails(admin)) ?? []
    expect(stuck?.lastError).toContain('No such box')
    expect(await stuckMails(reader)).toBeNull()
    refuses = false
    await resendMail.execute(admin, { mailId: stuck?.id })
    await sendDigest(reader.id)
    expect(letters).toHaveLength(1)
    expect(await mails()).toMatchObject([{ state: 'sent' }])
  })

  test('who wants no mail gets none, and still has the notice in the console', async () => {
    await preferMail.execute(reader, { wanted: 'none' })
    await tell()
    await sendDigest(reader.id)
    expect(letters).toEqual([])
    expect((await ownNotices(reader, null)).rows).toHaveLength(1)
  })
})

describe('notices', () => {
  test('are read by their own person only', async () => {
    await tell()
    const [row] = (await ownNotices(reader, null)).rows
    await readNotices.execute(admin, { notices: [row?.id] })
    expect(await unreadNotices(reader)).toBe(1)
    await readNotices.execute(reader, { notices: [row?.id] })
    expect(await unreadNotices(reader)).toBe(0)
  })
})
