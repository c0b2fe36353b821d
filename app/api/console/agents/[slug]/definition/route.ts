import { agentDefinition, type WhichDefinition } from '@/lib/agents/queries/definition'
import { respond } from '@/lib/command/respond'

/**
 * The exact bytes of one definition, as a file with its original name: what is exported is what was
 * signed. `?version=1.2.0`, `?digest=<64 hex>` or `?draft`; without one, the current definition.
 */
export const GET = respond<{ slug: string }>(async ({ actor, request, params }) => {
  const asked = new URL(request.url).searchParams
  const { bytes, digest, fileName } = await agentDefinition(actor, params.slug, whichOf(asked))
  return new Response(Uint8Array.from(bytes), {
    headers: {
      'content-type': 'application/octet-stream',
      'content-disposition': disposition(fileName),
      'content-length': String(bytes.length),
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'repr-digest': `sha-256=:${Buffer.from(digest, 'hex').toString('base64')}:`,
    },
  })
})

function whichOf(asked: URLSearchParams): WhichDefinition {
  const version = asked.get('version')
  const digest = asked.get('digest')
  if (version !== null) return { kind: 'version', number: version }
  if (digest !== null) return { kind: 'digest', digest }
  return asked.has('draft') ? { kind: 'draft' } : { kind: 'current' }
}

/** RFC 6266: a plain name for old readers, the exact one beside it (RFC 8187). */
function disposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_')
  const exact = encodeURIComponent(fileName).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`
}
