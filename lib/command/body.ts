import 'server-only'
import { ChanceryError } from '@/lib/core/errors'

/**
 * The JSON of a request from our own pages. Stops reading at `most` bytes instead of believing a
 * header; throws `invalid` for another content type and for text that is no JSON, `limit` beyond.
 */
export async function jsonBody(request: Request, most: number): Promise<unknown> {
  if (!request.headers.get('content-type')?.startsWith('application/json')) {
    throw new ChanceryError('invalid', 'Send this as JSON.')
  }
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of request.body ?? []) {
    size += chunk.length
    if (size > most) throw new ChanceryError('limit', 'This request is too large.')
    chunks.push(chunk)
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown
  } catch {
    throw new ChanceryError('invalid', 'This request cannot be read.')
  }
}
