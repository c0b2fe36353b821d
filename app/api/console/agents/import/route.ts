import { z } from 'zod'
import { importFile } from '@/lib/agents/commands/import-file'
import { importFileInput } from '@/lib/agents/model'
import { requireActor } from '@/lib/auth/current'
import { refuseForeignOrigin, reported } from '@/lib/command/act'
import { jsonBody } from '@/lib/command/body'
import { ChanceryError, HTTP_STATUS } from '@/lib/core/errors'
import { MB } from '@/lib/core/limits'
import type { Result } from '@/lib/core/result'

/** One batch: the browser cuts an import into these, so that progress shows and nothing is lost. */
const MAX_FILES = 50
const MAX_BODY_BYTES = 4 * MB
const batch = z.strictObject({
  departmentId: importFileInput.shape.departmentId,
  files: z
    .array(importFileInput.omit({ departmentId: true }))
    .min(1)
    .max(MAX_FILES),
})

/**
 * Imports a batch of files, each in a transaction of its own: one that is refused takes no other
 * with it. Answers `{ results }` in the order of the files. JSON from our own pages only.
 */
export async function POST(request: Request): Promise<Response> {
  try {
    refuseForeignOrigin(request.headers)
    const actor = await requireActor()
    const { departmentId, files } = batch.parse(await jsonBody(request, MAX_BODY_BYTES))
    const results: Result<unknown>[] = []
    for (const file of files) {
      try {
        results.push(await importFile.execute(actor, { departmentId, ...file }))
      } catch (error) {
        results.push(reported(error, importFile.name))
      }
    }
    return answer({ results }, 200)
  } catch (error) {
    const readable =
      error instanceof z.ZodError
        ? new ChanceryError('invalid', 'This batch of files cannot be read. Choose them again.')
        : error
    const failure = reported(readable, '/api/console/agents/import')
    const code = failure.ok ? 'internal' : failure.error.code
    return answer(failure, code === 'internal' ? 500 : HTTP_STATUS[code])
  }
}

function answer(value: unknown, status: number): Response {
  return Response.json(value, { status, headers: { 'cache-control': 'private, no-store' } })
}
