import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openDraft } from '@/lib/agents/commands/open-draft'
import { openProposal } from '@/lib/agents/commands/open-proposal'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import { sha256 } from '@/lib/core/sha256'
import { freshDatabase, type TestDatabase } from '@/lib/db/testing/database'
import { inboxItem } from './queries/item'
import { renderedDigest } from './rules/rendered'
import { anInbox, say, type TestInbox } from './testing/items'

let database: TestDatabase
let inbox: TestInbox

beforeAll(async () => {
  database = await freshDatabase()
  inbox = await anInbox(database)
})
afterAll(() => database.close())

describe('what was shown', () => {
  test('two people who are shown the same thing carry the same digest, also after one has signed', async () => {
    const { approvalId } = await inbox.proposed('same-for-both')
    const [one, two] = [
      await inboxItem(inbox.anna, approvalId),
      await inboxItem(inbox.bert, approvalId),
    ]
    expect(one.renderedDigest).toMatch(/^[0-9a-f]{64}$/)
    expect(two.renderedDigest).toBe(one.renderedDigest)
    const id = await inbox.plain('Signed by one', { quorum: 2 })
    const before = (await inboxItem(inbox.bert, id)).renderedDigest
    await say(inbox.anna, id, 'approve')
    expect((await inboxItem(inbox.bert, id)).renderedDigest).toBe(before)
  })

  test('other words in the message make another digest over the same bytes', async () => {
    const { approvalId } = await inbox.proposed('message-counts')
    const before = await inboxItem(inbox.anna, approvalId)
    const changed = { ...before, subject: { ...before.subject, message: 'Something else.' } }
    expect(renderedDigest(before)).toBe(before.renderedDigest)
    expect(renderedDigest(changed)).not.toBe(before.renderedDigest)
  })

  test('the decision in the record carries the digest of what was shown', async () => {
    const { approvalId } = await inbox.proposed('carried')
    const { renderedDigest } = await inboxItem(inbox.anna, approvalId)
    await say(inbox.anna, approvalId, 'approve')
    const rows = await database.asAdmin(
      'select rendered_digest from decision where approval_id = $1',
      [approvalId],
    )
    expect(rows).toEqual([{ rendered_digest: renderedDigest }])
  })

  test('a proposal shows the change, its checks, its text and the claim of its author', async () => {
    const { approvalId, slug, version } = await inbox.proposed('shown-whole')
    const { subject, typedName, digest } = await inboxItem(inbox.anna, approvalId)
    if (subject.kind !== 'proposal') throw new Error('not a proposal')
    expect(typedName).toBe(slug)
    expect(subject).toMatchObject({ version, message: 'Start shown-whole.', outdated: false })
    expect(subject.change.rows.map((row) => row.name)).toContain('Bash')
    const added = subject.diff.hunks.flatMap((hunk) => hunk.lines)
    expect(added.map((line) => line.text + line.ending).join('')).toBe(
      aDefinition({ name: 'shown-whole', authorised: 'Read, Grep, Bash' }),
    )
    expect(sha256(added.map((line) => line.text + line.ending).join(''))).toBe(digest)
  })

  test('an edit dismisses what stands there and leads to the proposal that stands for it now', async () => {
    const old = await inbox.proposed('edited')
    const { draftId, revision } = old
    const text = aDefinition({ name: 'edited', model: 'opus', authorised: 'Read, Grep, Bash' })
    const bytes = base64(text)
    const saved = await saveDraft.execute(inbox.author, { draftId, revision, bytes })
    expect(await inboxItem(inbox.anna, old.approvalId)).toMatchObject({
      state: 'dismissed',
      subject: { successor: null },
    })
    await expect(say(inbox.anna, old.approvalId, 'approve')).rejects.toMatchObject({
      code: 'conflict',
    })
    const again = { draftId, revision: saved.value.revision, message: 'Once more.' }
    const { value } = await openProposal.execute(inbox.author, again)
    expect((await inboxItem(inbox.anna, old.approvalId)).subject).toMatchObject({
      successor: value.approvalId,
    })
  })

  test('a change of a published agent is compared with the version it would replace', async () => {
    const first = await inbox.proposed('published')
    await say(inbox.anna, first.approvalId, 'approve')
    const [row] = await database.asAdmin('select id from agent where slug = $1', [first.slug])
    const { value } = await openDraft.execute(inbox.author, { agentId: String(row?.id) })
    const text = aDefinition({ name: 'published', tools: 'Read, Grep', authorised: 'Read, Grep' })
    const draft = { draftId: value.draftId, revision: 1 }
    const saved = await saveDraft.execute(inbox.author, { ...draft, bytes: base64(text) })
    const next = { ...draft, revision: saved.value.revision, message: 'Less.' }
    const { approvalId } = (await openProposal.execute(inbox.author, next)).value
    const { subject } = await inboxItem(inbox.anna, approvalId)
    if (subject.kind !== 'proposal') throw new Error('not a proposal')
    expect(subject).toMatchObject({ base: { number: first.version }, outdated: false })
    expect(subject.change.direction).toBe('narrowing')
    expect(subject.diff).toMatchObject({ aligned: true, removed: 2, added: 2 })
  })
})
