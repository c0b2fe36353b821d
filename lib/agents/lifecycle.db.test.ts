import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appendEvent } from '@/lib/audit/append'
import { type PersonActor, WORKER } from '@/lib/auth/actor'
import { ChanceryError } from '@/lib/core/errors'
import { newId } from '@/lib/core/ids'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { dbErrorCode, transaction } from '@/lib/db/transaction'
import { anOrganisation, aPerson } from '@/lib/people/testing/organisation'
import { resumeAgent, retireAgent, suspendAgent } from './commands/lifecycle'
import { openProposal } from './commands/open-proposal'
import { saveDraft } from './commands/save-draft'
import { AGENT_STATES, type AgentState } from './model'
import { agentFacts } from './queries/page'
import { LIFECYCLE_VERBS, type LifecycleVerb, whyNotLifecycle } from './rules'
import { importText, liveDraftOf, publishDraft } from './testing/agents'
import { aDefinition, base64 } from './testing/definitions'

let database: TestDatabase
let admin: PersonActor
let approver: PersonActor
let departmentId: string

beforeAll(async () => {
  database = await freshDatabase()
  const here = await anOrganisation()
  admin = here.admin
  departmentId = here.departmentId
  approver = await aPerson(admin, [{ role: 'approver', departmentId: null }], 'Ines Approver')
})
afterAll(() => database.close())

const DO = { suspend: suspendAgent, resume: resumeAgent, retire: retireAgent }
const input = (verb: LifecycleVerb, agentId: string, slug: string) => ({
  agentId,
  reason: 'Because.',
  ...(verb === 'retire' ? { typedName: slug } : {}),
})
const endOf = (attempt: Promise<unknown>) =>
  attempt.then(
    () => 'done',
    (error: unknown) =>
      error instanceof ChanceryError ? error.code : (dbErrorCode(error) ?? String(error)),
  )

/** An agent in a state, brought there as people do. */
async function agentIn(state: AgentState, slug: string): Promise<string> {
  await importText(admin, departmentId, {
    path: `agents/${slug}.md`,
    text: aDefinition({ name: slug, tools: 'Read', authorised: 'Read' }),
  })
  const { id } = await agentFacts(admin, slug)
  if (state === 'draft') return id
  await publishDraft({ author: admin, approver, slug, message: 'First.' })
  if (state === 'suspended') await suspendAgent.execute(approver, input('suspend', id, slug))
  if (state === 'retired') await retireAgent.execute(approver, input('retire', id, slug))
  return id
}
const stateOf = async (slug: string) => (await agentFacts(admin, slug)).state

const AFTER: Record<LifecycleVerb, AgentState> = {
  suspend: 'suspended',
  resume: 'active',
  retire: 'retired',
}
/** The whole table, by hand: what is not here is refused. */
const MAY: Record<LifecycleVerb, readonly AgentState[]> = {
  suspend: ['active'],
  resume: ['suspended'],
  retire: ['draft', 'active', 'suspended'],
}
const CASES = LIFECYCLE_VERBS.flatMap((verb) => AGENT_STATES.map((from) => [verb, from] as const))

describe('the life of an agent', () => {
  test.each(CASES)('%s of one that is %s ends as the table says', async (verb, from) => {
    const slug = `${verb}-${from}`
    const agentId = await agentIn(from, slug)
    const may = MAY[verb].includes(from)
    expect(whyNotLifecycle(verb, { state: from, slug }) === null).toBe(may)
    const ended = await endOf(DO[verb].execute(approver, input(verb, agentId, slug)))
    expect(ended).toBe(may ? 'done' : 'refused')
    expect(await stateOf(slug)).toBe(may ? AFTER[verb] : from)
  })

  const LEGAL = ['draft active', 'draft retired', 'active suspended', 'active retired']
  LEGAL.push('suspended active', 'suspended retired')
  const MOVES = AGENT_STATES.flatMap((from) =>
    AGENT_STATES.filter((to) => to !== from).map((to) => [from, to] as const),
  )
  test.each(MOVES)(
    'the database itself moves %s to %s only where that is legal',
    async (from, to) => {
      const slug = `raw-${from}-${to}`
      const agentId = await agentIn(from, slug)
      const raw = transaction(async (tx) => {
        const id = newId<'event'>()
        await tx.execute(
          sql`update agent set state = ${to}, audit_event_id = ${id} where id = ${agentId}`,
        )
        const fact = { action: 'agent.resumed' as const, targets: [], data: {} }
        await appendEvent(tx, { id, fact, actor: WORKER, requestId: undefined, now: new Date() })
      })
      // A draft has no version, so the row's own check refuses what the table would allow.
      const legal = LEGAL.includes(`${from} ${to}`) && `${from} ${to}` !== 'draft active'
      const ended = await endOf(raw)
      expect(ended).toBe(legal ? 'done' : from === 'draft' && to === 'active' ? '23514' : 'CH001')
    },
  )

  test('a name typed wrong retires nothing', async () => {
    const agentId = await agentIn('active', 'typed-wrong')
    const wrong = { agentId, reason: 'Because.', typedName: 'typed-wrong ' }
    expect(await endOf(retireAgent.execute(approver, wrong))).toBe('invalid')
    expect(await stateOf('typed-wrong')).toBe('active')
  })

  test('retiring closes what waits for people, and nothing is edited or proposed after it', async () => {
    const slug = 'closed-with'
    const agentId = await agentIn('draft', slug)
    const draft = await liveDraftOf(admin, slug)
    const at = { draftId: draft.id, revision: draft.revision }
    const { value } = await openProposal.execute(admin, { ...at, message: 'First.' })
    await retireAgent.execute(approver, input('retire', agentId, slug))
    const [row] = await database.asAdmin(
      `select p.state as proposal, a.state as approval, d.state as draft
       from proposal p join approval a on a.id = p.approval_id join draft d on d.id = p.draft_id
       where p.id = $1`,
      [value.proposalId],
    )
    expect(row).toEqual({ proposal: 'dismissed', approval: 'dismissed', draft: 'discarded' })
    const bytes = base64('---\nname: x\n---\n')
    expect(await endOf(saveDraft.execute(admin, { ...at, bytes }))).toBe('refused')
    expect(await endOf(openProposal.execute(admin, { ...at, message: 'Again.' }))).toBe('refused')
  })

  test('the reason is kept with the fact', async () => {
    const agentId = await agentIn('active', 'with-reason')
    const { fact } = await suspendAgent.execute(approver, {
      agentId,
      reason: 'It looked odd to me.',
    })
    const rows = await database.asAdmin(
      'select path, value from audit.private where event_id = $1',
      [fact ?? ''],
    )
    expect(rows).toEqual([{ path: 'reason', value: expect.stringContaining('It looked odd') }])
  })
})
