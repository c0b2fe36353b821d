import { respond } from '@/lib/command/respond'
import { constitutionDocument } from '@/lib/constitution/queries'
import { notFound } from '@/lib/core/errors'

/**
 * The exact bytes of a constitution as a file: what is exported is what people agreed to.
 * `?version=3`, `?version=0` for the shipped one, `?draft`; without one, what is in force.
 */
export const GET = respond(async ({ request }) => {
  const asked = new URL(request.url).searchParams
  const { bytes, hash, label } = await constitutionDocument(whichOf(asked))
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': `attachment; filename="constitution-${label}.md"`,
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'repr-digest': `sha-256=:${Buffer.from(hash, 'hex').toString('base64')}:`,
    },
  })
})

function whichOf(asked: URLSearchParams): number | 'draft' | null {
  const version = asked.get('version')
  if (version === null) return asked.has('draft') ? 'draft' : null
  return /^\d{1,6}$/.test(version) ? Number(version) : notFound('This constitution')
}
