import type { WhichDefinition } from '@/lib/agents/queries/definition'

type Search = Record<string, string | string[] | undefined>

/** Which definition an address means (`?version=`, `?digest=`, `?draft`), and that part of it alone. */
export function readWhich(search: Search): { which: WhichDefinition; query: string } {
  const { version, digest, draft } = search
  if (typeof version === 'string') {
    return {
      which: { kind: 'version', number: version },
      query: new URLSearchParams({ version }).toString(),
    }
  }
  if (typeof digest === 'string') {
    return { which: { kind: 'digest', digest }, query: new URLSearchParams({ digest }).toString() }
  }
  if (draft !== undefined) return { which: { kind: 'draft' }, query: 'draft=' }
  return { which: { kind: 'current' }, query: '' }
}
