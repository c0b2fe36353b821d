import { agentDefinition } from '@/lib/agents/queries/definition'
import { agentFacts, draftView } from '@/lib/agents/queries/page'
import { respond } from '@/lib/command/respond'
import { conflict } from '@/lib/core/errors'

/** The stored draft with its revision: what an editor compares with after a conflict. */
export const GET = respond<{ slug: string }>(async ({ actor, params }) => {
  const facts = await agentFacts(actor, params.slug)
  const draft = await draftView(facts.id)
  if (!draft) return conflict('This draft is closed. Open a new one from the agent page.')
  const which = { kind: 'digest', digest: draft.digest } as const
  const { bytes } = await agentDefinition(actor, params.slug, which)
  return { revision: draft.revision, bytes: Buffer.from(bytes).toString('base64') }
})
