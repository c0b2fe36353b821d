import 'server-only'
import type { Actor } from '@/lib/auth/actor'
import type { Command } from '@/lib/command/command'
import { ChanceryError, invalid } from '@/lib/core/errors'
import { type BulkAnswer, type BulkOutcome, bulkInput } from '../model'
import { exportSelected } from '../queries/export'
import { assignAgent } from './assign'
import { checkAgent } from './check'

type Slice = {
  agentIds: readonly string[]
  key: string
  command: Command<unknown>
  input: (agentId: string) => unknown
}
type Call = { requestId: string | undefined }

/**
 * Does one thing with every agent of a slice, one command each: every one is asked for its
 * permission, has its own transaction, its own fact and its own outcome, and what is refused stops
 * none of the others.
 */
export async function eachOf(actor: Actor, raw: unknown, call: Call): Promise<BulkAnswer> {
  const parsed = bulkInput.safeParse(raw)
  if (!parsed.success) invalid('This selection cannot be read. Load the page again.')
  const { verb, agentIds, key, ...rest } = parsed.data
  if (verb === 'export') return exportSelected(actor, agentIds)
  const slice = { agentIds, key, command: verb === 'check' ? checkAgent : assignAgent }
  const outcomes = await oneByOne(actor, call, {
    ...slice,
    input: (agentId) => ({ agentId, ...rest }),
  })
  return { outcomes, files: [] }
}

/** A key for each agent, so that a slice that is sent again is not done twice. */
async function oneByOne(actor: Actor, call: Call, slice: Slice): Promise<BulkOutcome[]> {
  const outcomes: BulkOutcome[] = []
  for (const agentId of slice.agentIds) {
    const options = { ...call, key: `${slice.key}_${agentId}` }
    const run = () => slice.command.execute(actor, slice.input(agentId), options)
    outcomes.push({ agentId, ...(await outcomeOf(run)) })
  }
  return outcomes
}

async function outcomeOf(
  run: () => Promise<{ fact?: string }>,
): Promise<Omit<BulkOutcome, 'agentId'>> {
  try {
    const { fact } = await run()
    return { outcome: fact === undefined ? 'unchanged' : 'done' }
  } catch (error) {
    if (!(error instanceof ChanceryError)) throw error
    return { outcome: 'refused', because: error.message }
  }
}
