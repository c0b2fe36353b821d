import { storedDraft } from '@/lib/agents/queries/draft'
import { respond } from '@/lib/command/respond'

/** The stored draft with its revision: what an editor merges with after a conflict. */
export const GET = respond<{ slug: string }>(({ actor, params, request }) => {
  const base = Number(new URL(request.url).searchParams.get('base') ?? Number.NaN)
  return storedDraft(actor, params.slug, Number.isSafeInteger(base) ? base : null)
})
