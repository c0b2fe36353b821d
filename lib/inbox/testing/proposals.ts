import { importFile } from '@/lib/agents/commands/import-file'
import { openProposal } from '@/lib/agents/commands/open-proposal'
import { saveDraft } from '@/lib/agents/commands/save-draft'
import { aDefinition, base64 } from '@/lib/agents/testing/definitions'
import type { PersonActor } from '@/lib/auth/actor'
import { ChanceryError } from '@/lib/core/errors'
import { sha256 } from '@/lib/core/sha256'
import type { TestDatabase } from '@/lib/db/testing/database'
import { dbErrorCode } from '@/lib/db/transaction'
import { decide } from '../commands/decide'

const TOOLS = 'Read, Grep, Bash, mcp__crane__lift'
/** What makes a definition critical without an error: a tool that nobody has classified. */
export const CRITICAL = { tools: TOOLS, authorised: TOOLS }

type Wanted = {
  author: PersonActor
  departmentId: string
  name: string
  /** Saves the draft once more before it is proposed. */
  editor?: PersonActor
  parts?: { tools: string; authorised: string }
}

/** A new agent whose first version is proposed: imported by the author, perhaps edited by another. */
export async function aProposal(database: TestDatabase, wanted: Wanted) {
  const { author, editor, departmentId, name, parts = {} } = wanted
  const path = `agents/${name}.md`
  const first = base64(aDefinition({ name, ...parts }))
  await importFile.execute(author, { departmentId, path, bytes: first })
  const [row] = await database.asAdmin('select id, draft_id from agent where slug = $1', [name])
  const draft = { draftId: String(row?.draft_id), revision: 1 }
  if (editor) {
    const bytes = base64(aDefinition({ name, ...parts, description: 'Edited by another hand.' }))
    draft.revision = (await saveDraft.execute(editor, { ...draft, bytes })).value.revision
  }
  return {
    ...{ agentId: String(row?.id), name, draftId: draft.draftId, author },
    ...(await proposeAgain(database, { author, ...draft })),
  }
}
export type AProposal = Awaited<ReturnType<typeof aProposal>>

/** Proposes a draft as it is now. */
export async function proposeAgain(
  database: TestDatabase,
  draft: { author: PersonActor; draftId: string; revision: number },
) {
  const { author, draftId, revision } = draft
  const { value } = await openProposal.execute(author, { draftId, revision, message: 'Because.' })
  const [item] = await database.asAdmin('select digest from approval where id = $1', [
    value.approvalId,
  ])
  return { ...value, revision, digest: String(item?.digest) }
}

/** Signs as the console does, with the name typed; `key` is the intent's idempotency key. */
export function sign(
  actor: PersonActor,
  item: { approvalId: string; digest: string; name: string },
  more: { verdict?: 'approve' | 'reject' | 'request_changes'; key?: string } = {},
) {
  const { approvalId, digest, name } = item
  const { verdict = 'approve', key } = more
  return decide.execute(
    actor,
    {
      ...{ approvalId, digest, verdict, renderedDigest: sha256('what the screen showed') },
      ...{ reason: 'Read it.', typedName: name },
    },
    { key },
  )
}

/** How an attempt ended, in one word: `done`, the product's code, or the database's. */
export async function endOf(attempt: Promise<unknown>): Promise<string> {
  try {
    await attempt
    return 'done'
  } catch (error) {
    if (error instanceof ChanceryError) return error.code
    return dbErrorCode(error) ?? String(error)
  }
}
