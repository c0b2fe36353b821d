import { eachOf } from '@/lib/agents/commands/bulk'
import { refuseForeignOrigin } from '@/lib/command/act'
import { jsonBody } from '@/lib/command/body'
import { respond } from '@/lib/command/respond'
import { KB } from '@/lib/core/limits'

const MOST = 16 * KB

/**
 * One slice of a selection, from our own pages only: the browser sends it slice by slice, so that
 * the outcomes show as they come and a lost answer can be asked again under the same key.
 */
export const POST = respond(async ({ actor, request }) => {
  refuseForeignOrigin(request.headers)
  const requestId = request.headers.get('x-request-id') ?? undefined
  return eachOf(actor, await jsonBody(request, MOST), { requestId })
})
