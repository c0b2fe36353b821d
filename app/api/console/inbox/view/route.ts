import { refuseForeignOrigin } from '@/lib/command/act'
import { jsonBody } from '@/lib/command/body'
import { respond } from '@/lib/command/respond'
import { KB } from '@/lib/core/limits'
import { viewApproval } from '@/lib/inbox/commands/view'

/** From our own pages: the whole item is on screen. No server action, so that no page is made again. */
export const POST = respond(async ({ actor, request }) => {
  refuseForeignOrigin(request.headers)
  return viewApproval.execute(actor, await jsonBody(request, KB))
})
