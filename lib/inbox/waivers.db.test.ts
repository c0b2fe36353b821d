import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { revokeWaiver, withdrawWaiver } from '@/lib/agents/commands/end-waiver'
import { requestWaiver } from '@/lib/agents/commands/request-waiver'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { excusesOf } from '@/lib/agents/queries/excuses'
import { liveDraftOf } from '@/lib/agents/testing/agents'
import { base64 } from '@/lib/agents/testing/definitions'
import { WORKER } from '@/lib/auth/actor'
import { newId } from '@/lib/core/ids'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { transaction } from '@/lib/db/transaction'
import { decide } from './commands/decide'
import { expireApproval } from './commands/expire'
import { inboxItem } from './queries/item'
import { behind } from './testing/behind'
import { anInbox, say, type TestInbox } from './testing/items'
import { endOf } from './testing/proposals'
import {
  anAgentWithAnError,
  inDays,
  proposeDraft,
  strayText,
  theError,
  waiverAsked,
} from './testing/waivers'

let database: TestDatabase
let inbox: TestInbox
beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database.close())

const stray = (name: string) =>
  anAgentWithAnError(inbox.author, { departmentId: inbox.departmentId, name })

/** Asked for by the author, owned by Anna. */
async function asked(name: string) {
  const of = await stray(name)
  return { ...of, ...(await waiverAsked(inbox.author, { ...of, ownerId: inbox.anna.id })) }
}
async function inForce(name: string) {
  const of = await asked(name)
  await say(inbox.bert, of.approvalId, 'approve')
  return of
}
const stateOf = async (waiverId: string) => {
  const [row] = await database.asAdmin('select state from waiver where id = $1', [waiverId])
  return row?.state
}
const days = (n: number) => new Date(Date.now() + n * 86_400_000)

describe('a waiver needs somebody else', () => {
  test('neither who asks, nor the owner, nor somebody of another department decides', async () => {
    const { approvalId, waiverId } = await asked('four-eyes')
    expect(await endOf(say(inbox.author, approvalId, 'approve'))).toBe('refused')
    expect(await endOf(say(inbox.anna, approvalId, 'approve'))).toBe('refused')
    expect(await endOf(say(inbox.foreign, approvalId, 'approve'))).toBe('not_found')
    const item = await inboxItem(inbox.bert, approvalId)
    expect(item.standing.map(({ name, barred }) => [name, barred])).toEqual(
      expect.arrayContaining([
        ['Olga Author', 'asked for it'],
        ['Anna Approver', 'would own it'],
        ['Bert Approver', null],
      ]),
    )
    const { value } = await say(inbox.bert, approvalId, 'approve')
    expect(value).toMatchObject({ state: 'approved' })
    expect(await stateOf(waiverId)).toBe('approved')
  })

  test('the application’s role cannot write one that counts, around the command', async () => {
    const { waiverId, agentId, approvalId, fingerprint } = await asked('around')
    const approve = behind(
      (_, event) =>
        sql`update waiver set state = 'approved', settled_at = now(), audit_event_id = ${event} where id = ${waiverId}`,
    )
    expect(await endOf(approve)).toBe('CH002')
    const later = behind(
      (_, event) =>
        sql`update waiver set ends_on = ends_on + 1, audit_event_id = ${event} where id = ${waiverId}`,
    )
    expect(await endOf(later)).toBe('CH001')
    const insert = (given: { state: string; approval: string; owner: string }) =>
      behind(
        (_, event) => sql`
        insert into waiver (id, agent_id, rule, fingerprint, finding, reason, owner_id, requested_by,
          ends_on, state, approval_id, created_at, audit_event_id)
        values (${newId()}, ${agentId}, 'other', ${fingerprint}, '{}', 'x', ${given.owner},
          ${inbox.author.id}, current_date + 3, ${given.state}, ${given.approval}, now(), ${event})`,
      )
    const { anna, bert } = inbox
    // Another waiver's approval, and one that was born approved.
    const given = { state: 'requested', approval: approvalId, owner: anna.id }
    expect(await endOf(insert(given))).toBe('CH002')
    expect(await endOf(insert({ ...given, state: 'approved', owner: bert.id }))).toBe('CH002')
  })

  test('the application’s role cannot end one and bring it back, or stretch it beyond 30 days', async () => {
    const { waiverId } = await inForce('no-return')
    await revokeWaiver.execute(inbox.bert, { waiverId, reason: 'Done.' })
    const back = behind(
      (_, event) =>
        sql`update waiver set state = 'approved', audit_event_id = ${event} where id = ${waiverId}`,
    )
    expect(await endOf(back)).toBe('CH001')
    const long = behind((_, event) => {
      const [id, item] = [newId(), newId()]
      return sql`
        with opened as (
          insert into approval (id, kind, subject_id, digest, title, risk_tier, risk_rank,
            department_id, agent_id, rule_id, rule_version, quorum, requested_by, excluded, eligible,
            expiry_outcome, state, summary, opened_at, audit_event_id)
          select ${item}, kind, ${id}, digest, title, risk_tier, risk_rank, department_id, agent_id,
            rule_id, rule_version, quorum, requested_by, excluded, eligible, expiry_outcome, 'open',
            summary, now(), ${event}
          from approval where subject_id = ${waiverId} returning id)
        select id from opened`
    })
    await long
    const [copy] = await database.asAdmin(
      'select id, subject_id from approval where kind = $1 and subject_id <> $2 order by opened_at desc limit 1',
      ['waiver', waiverId],
    )
    const stretched = behind(
      (_, event) => sql`
        insert into waiver (id, agent_id, rule, fingerprint, finding, reason, owner_id, requested_by,
          ends_on, state, approval_id, created_at, audit_event_id)
        select ${String(copy?.subject_id)}, agent_id, rule, fingerprint, finding, reason, owner_id,
          requested_by, current_date + 40, 'requested', ${String(copy?.id)}, now(), ${event}
        from waiver where id = ${waiverId}`,
    )
    expect(await endOf(stretched)).toBe('CH001')
  })

  test('a renewal is decided by neither the last owner nor who approved it last', async () => {
    const { agentId, digest, fingerprint } = await inForce('renewed')
    const of = { agentId, digest, fingerprint, endsOn: inDays(20) }
    const again = await waiverAsked(inbox.author, { ...of, ownerId: inbox.author.id })
    expect(await endOf(say(inbox.bert, again.approvalId, 'approve'))).toBe('refused')
    expect(await endOf(say(inbox.anna, again.approvalId, 'approve'))).toBe('refused')
    const item = await inboxItem(inbox.everywhere, again.approvalId)
    expect(item.subject).toMatchObject({
      kind: 'waiver',
      stillThere: true,
      earlier: [{ owner: 'Anna Approver', by: ['Bert Approver'], state: 'approved' }],
    })
    expect(await endOf(say(inbox.everywhere, again.approvalId, 'approve'))).toBe('done')
  })
})

describe('a waiver excuses one finding until its last day', () => {
  test('with it the error does not stop a proposal, and the version says what was excused', async () => {
    const { slug, waiverId } = await inForce('excused')
    const proposed = await proposeDraft(inbox.author, slug)
    await say(inbox.bert, proposed.approvalId, 'approve')
    const [row] = await database.asAdmin(
      'select v.findings, a.errors from version v join agent a on a.id = v.agent_id where a.slug = $1',
      [slug],
    )
    expect(row?.findings).toMatchObject({
      errors: 1,
      excused: [{ waiver: waiverId, rule: 'tools-match-text', until: inDays(10) }],
    })
    // The catalog still counts what is there.
    expect(row?.errors).toBe(1)
  })

  test('a request alone excuses nothing', async () => {
    const { slug } = await asked('only-asked')
    expect(await endOf(proposeDraft(inbox.author, slug))).toBe('refused')
  })

  test('the day after, it counts again without anything having run', async () => {
    const { agentId } = await inForce('over')
    const held = async (now: Date) => (await excusesOf(null, agentId, now)).length
    expect([await held(days(0)), await held(days(10)), await held(days(11))]).toEqual([1, 1, 0])
  })

  test('what was proposed under a waiver is not published after its last day', async () => {
    const { slug } = await inForce('too-late')
    const { approvalId } = await proposeDraft(inbox.author, slug)
    const { digest, renderedDigest, typedName } = await inboxItem(inbox.bert, approvalId)
    const input = { approvalId, verdict: 'approve', digest, renderedDigest, typedName }
    const on = (now: Date) =>
      endOf(transaction((tx) => decide.execute(inbox.bert, input, { within: { tx, now } })))
    expect(await on(days(11))).toBe('refused')
    expect(await on(new Date())).toBe('done')
  })

  test('other words end it: one tool more stops the proposal again', async () => {
    const { slug } = await inForce('wider')
    const draft = await liveDraftOf(inbox.author, slug)
    const save = async (text: string, revision: number) => {
      const bytes = base64(text)
      const input = { draftId: draft.id, revision, bytes }
      return (await saveDraft.execute(inbox.author, input)).value.revision
    }
    const moved = `${strayText(slug)}\n\nOne more line.\n`.replace('# wider', '\n\n# wider')
    const second = await save(moved, draft.revision)
    expect(await endOf(proposeDraft(inbox.author, slug))).toBe('done')
    await save(strayText(slug, { tools: 'Read, Bash, Write, WebFetch' }), second)
    expect(await endOf(proposeDraft(inbox.author, slug))).toBe('refused')
  })

  test('revoked, it counts again at once, and why is kept', async () => {
    const { slug, waiverId } = await inForce('revoked')
    await revokeWaiver.execute(inbox.bert, { waiverId, reason: 'The text was to follow.' })
    expect(await endOf(proposeDraft(inbox.author, slug))).toBe('refused')
    expect(await endOf(revokeWaiver.execute(inbox.bert, { waiverId, reason: 'Again.' }))).toBe(
      'conflict',
    )
  })
})

describe('asking for a waiver', () => {
  const ask = (of: Awaited<ReturnType<typeof stray>>, change: Record<string, unknown> = {}) => {
    const { agentId, digest, fingerprint, endsOn } = of
    const input = { agentId, digest, fingerprint, endsOn, ownerId: inbox.anna.id, reason: 'Why.' }
    return endOf(requestWaiver.execute(inbox.author, { ...input, ...change }))
  }

  test('needs a reason, an active owner, a day within 30 that has not passed, and bytes that hold', async () => {
    const of = await stray('asking')
    expect(await ask(of, { reason: '  ' })).toBe('invalid')
    expect(await ask(of, { ownerId: newId() })).toBe('invalid')
    expect(await ask(of, { endsOn: inDays(-1) })).toBe('invalid')
    expect(await ask(of, { endsOn: inDays(31) })).toBe('invalid')
    expect(await ask(of, { digest: 'f'.repeat(64) })).toBe('conflict')
    expect(await ask(of, { fingerprint: 'f'.repeat(64) })).toBe('conflict')
    expect(await ask(of, { endsOn: inDays(30) })).toBe('done')
    expect(await ask(of)).toBe('conflict')
  })

  test('only who asked takes it back, and then somebody can ask again', async () => {
    const of = await asked('taken-back')
    const { waiverId, approvalId } = of
    expect(await endOf(withdrawWaiver.execute(inbox.bert, { waiverId }))).toBe('refused')
    expect(await endOf(withdrawWaiver.execute(inbox.author, { waiverId }))).toBe('done')
    expect(await stateOf(waiverId)).toBe('withdrawn')
    expect(await endOf(say(inbox.bert, approvalId, 'approve'))).toBe('conflict')
    expect(await ask(of)).toBe('done')
  })

  test('denied, the finding stays', async () => {
    const { slug, waiverId, approvalId } = await asked('denied')
    await say(inbox.bert, approvalId, 'reject')
    expect(await stateOf(waiverId)).toBe('rejected')
    expect(await endOf(proposeDraft(inbox.author, slug))).toBe('refused')
  })

  test('nobody decided by its last day: it is denied, also before the sweep', async () => {
    const { waiverId, approvalId } = await asked('silent')
    const after = days(11)
    const { digest, renderedDigest } = await inboxItem(inbox.bert, approvalId)
    const input = { approvalId, verdict: 'approve', digest, renderedDigest }
    const late = transaction((tx) =>
      decide.execute(inbox.bert, input, { within: { tx, now: after } }),
    )
    expect(await endOf(late)).toBe('conflict')
    // The days pass for the row instead of the clock: the log takes no fact from the future.
    for (const guard of ['guard_approval', 'tie_change']) {
      await database.asAdmin(`alter table approval disable trigger ${guard}`)
    }
    await database.asAdmin(
      "update approval set deadline_at = now() - interval '1 s' where id = $1",
      [approvalId],
    )
    for (const guard of ['guard_approval', 'tie_change']) {
      await database.asAdmin(`alter table approval enable always trigger ${guard}`)
    }
    const { value } = await expireApproval.execute(WORKER, { approvalId })
    expect(value).toEqual({ expired: true })
    expect(await stateOf(waiverId)).toBe('rejected')
  })

  test('an agent of a foreign department does not exist', async () => {
    const { agentId, digest, fingerprint, endsOn } = await theError(
      inbox.author,
      (await stray('foreign')).slug,
    )
    const input = { agentId, digest, fingerprint, endsOn, ownerId: inbox.foreign.id, reason: 'x' }
    expect(await endOf(requestWaiver.execute(inbox.foreign, input))).toBe('not_found')
  })
})
