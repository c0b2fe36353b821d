import 'server-only'
import type { PersonActor } from '@/lib/auth/actor'
import { diffText } from '@/lib/definition/diff'
import { parseDefinition } from '@/lib/definition/parse'
import { compareDefinitions } from '@/lib/definition/widening'
import { agentDefinition, type WhichDefinition } from './definition'

function whichOf(side: string): WhichDefinition {
  return side === 'draft' ? { kind: 'draft' } : { kind: 'version', number: side }
}

/** Reads both sides and computes what differs. Throws `not_found` when one does not exist. */
export async function compareVersions(
  actor: PersonActor,
  slug: string,
  sides: { a: string; b: string },
) {
  const [before, after] = await Promise.all([
    agentDefinition(actor, slug, whichOf(sides.a)),
    agentDefinition(actor, slug, whichOf(sides.b)),
  ])
  const path = { path: after.fileName }
  const old = parseDefinition(before.bytes, path)
  const now = parseDefinition(after.bytes, path)
  const side = (name: string, digest: string) => ({
    label: name,
    digest,
    draft: name === 'draft',
  })
  return {
    before: side(sides.a, before.digest),
    after: side(sides.b, after.digest),
    fileName: after.fileName,
    change: compareDefinitions(old, now),
    diff: diffText(old.text, now.text),
  }
}
