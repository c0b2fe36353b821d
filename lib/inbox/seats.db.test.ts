import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { openApproval, recordDecision } from '@/lib/approvals/commands'
import type { Seat } from '@/lib/approvals/model'
import { lockApproval } from '@/lib/approvals/queries'
import type { PersonActor } from '@/lib/auth/actor'
import { command } from '@/lib/command/command'
import { newId } from '@/lib/core/ids'
import { sha256 } from '@/lib/core/sha256'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import type { Tx } from '@/lib/db/transaction'
import { addToGroup, createGroup, removeFromGroup } from '@/lib/people/commands/groups'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { behind } from './testing/behind'
import { endOf } from './testing/proposals'

// Two seats of two groups, decided by people who are in one, in both, or in neither.

let database: TestDatabase
let admin: PersonActor
let departmentId: string
let security: string
let asker: PersonActor
const people: Record<string, PersonActor> = {}

const DIGEST = sha256('what is decided about')
const both: Seat[] = [
  { group: 'approvers', people: 1 },
  { group: 'security', people: 1 },
]
/** An item with these seats; the mechanism is the same for every kind. */
const open = command({
  name: 'test.open-seats',
  permission: 'proposal.open',
  input: z.strictObject({ seats: z.array(z.strictObject({ group: z.string(), people: z.int() })) }),
  subject: async () => ({ departmentId }),
  run: async ({ tx, now, event, input, actor }) => {
    const by = actor.kind === 'person' ? actor.id : ''
    const { id, fact } = await openApproval(
      { tx, now, event },
      {
        ...{ kind: 'proposal', subjectId: newId<'proposal'>(), digest: DIGEST, title: 'Seats' },
        ...{ riskTier: 'low', departmentId, agentId: null, runId: null, summary: {} },
        ...{ requestedBy: by, excluded: [by] },
        rule: {
          ...{ id: 'two-groups', version: 1, deadlineMs: null, expiryOutcome: 'park' },
          seats: input.seats,
          quorum: input.seats.reduce((sum, seat) => sum + seat.people, 0),
        },
      },
    )
    return { value: id, fact }
  },
})
const sign = command({
  name: 'test.sign',
  permission: 'approval.decide',
  input: z.strictObject({ id: z.uuid() }),
  subject: async () => ({ departmentId }),
  run: async ({ tx, now, event, input, actor }) => {
    const row = await lockApproval(tx, input.id)
    if (!row || actor.kind !== 'person') throw new Error('no item')
    const said = { approvalId: row.id, verdict: 'approve', digest: DIGEST, renderedDigest: DIGEST }
    const decided = { ...said, verdict: 'approve' as const, reason: '', personId: actor.id }
    const { state, fact } = await recordDecision({ tx, now, event }, row, decided)
    return { value: state, fact }
  },
})

beforeAll(async () => {
  database = await freshDatabase()
  const organisation = await anOrganisation()
  admin = organisation.admin
  departmentId = organisation.departmentId
  const held = [{ role: 'approver' as const, departmentId }]
  for (const name of ['anna', 'bert', 'carl']) people[name] = await aPerson(admin, held, name)
  people.guest = await aPerson(admin, [{ role: 'viewer', departmentId }], 'guest')
  asker = await aPerson(admin, [{ role: 'author', departmentId }], 'asker')
  security = (await createGroup.execute(admin, { name: 'Security' })).value.id
  for (const name of ['anna', 'guest']) {
    await addToGroup.execute(admin, { groupId: security, personId: person(name).id })
  }
})
afterAll(() => database?.close())

const person = (name: string) => people[name] ?? asker
const item = async (seats: Seat[] = both) => (await open.execute(asker, { seats })).value
const said = async (name: string, id: string) => (await sign.execute(person(name), { id })).value

describe('an item that two groups must agree to', () => {
  test('needs one of each, in whatever order, and a member of both fills one seat only', async () => {
    const first = await item()
    expect(await said('anna', first)).toBe('open')
    expect(await said('bert', first)).toBe('approved')
    const second = await item()
    expect(await said('bert', second)).toBe('open')
    expect(await said('anna', second)).toBe('approved')
  })

  test('tells who fills no seat any more that somebody of the other group is needed', async () => {
    const id = await item()
    await said('bert', id)
    await expect(sign.execute(person('carl'), { id })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('security'),
    })
  })

  test('a member without the role of approver does not sign', async () => {
    const id = await item()
    expect(await endOf(sign.execute(person('guest'), { id }))).toBe('forbidden')
  })

  test('a seat falls empty when its person leaves the group before the last signature', async () => {
    const id = await item()
    await said('anna', id)
    const member = { groupId: security, personId: person('anna').id }
    await removeFromGroup.execute(admin, member)
    expect(await endOf(sign.execute(person('bert'), { id }))).toBe('refused')
    await addToGroup.execute(admin, member)
    expect(await said('bert', id)).toBe('approved')
  })

  test('the database refuses the same: two approvers are not one of security', async () => {
    const id = await item()
    await said('bert', id)
    const settle = (_tx: Tx, event: string) => sql`
      with two as (
        insert into decision (id, approval_id, person_id, verdict, digest, rule_version,
          rendered_digest, reason, decided_at, audit_event_id)
        values (${newId()}, ${id}, ${person('carl').id}, 'approve', ${DIGEST}, 1, ${DIGEST}, '',
          now(), ${event}) returning approval_id)
      select * from two`
    expect(await endOf(behind(settle))).toBe('done')
    const approve = (_tx: Tx, event: string) => sql`
      update approval set state = 'approved', settled_at = now(), audit_event_id = ${event}
      where id = ${id}`
    expect(await endOf(behind(approve))).toBe('CH002')
  })

  test('the seats are frozen when the item opens, and are as many as the quorum', async () => {
    const id = await item()
    const change = (set: string) => (_tx: Tx, event: string) =>
      sql`update approval set ${sql.raw(set)}, audit_event_id = ${event} where id = ${id}`
    expect(await endOf(behind(change("seats = '[]'")))).toBe('CH001')
    expect(await endOf(behind(change('quorum = 1')))).toBe('CH001')
  })
})

describe('groups', () => {
  test('nobody puts themselves into one, and it is never called approvers', async () => {
    const member = { groupId: security, personId: admin.id }
    expect(await endOf(addToGroup.execute(admin, member))).toBe('refused')
    expect(await endOf(createGroup.execute(admin, { name: 'Approvers' }))).toBe('refused')
    expect(await endOf(createGroup.execute(admin, { name: 'Security' }))).toBe('conflict')
  })
})
