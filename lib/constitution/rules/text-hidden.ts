import { type HiddenCharacter, type HiddenSeverity, scanText } from '@/lib/core/text-safety'
import { Lines } from '@/lib/definition/lines'
import type { DefinitionContent } from '@/lib/definition/model'
import { evidence, shown } from '../evidence'
import type { Finding, FindingFix, Rule } from '../model'
import { definitionRule, example } from './make'

const MAX_HITS = 10_000

/**
 * Characters that a model reads and a person does not (trust-and-ux.md C4). What smuggles text or
 * turns its order blocks; what merely has no glyph warns.
 */
export const textHidden: Rule = definitionRule({
  id: 'text-hidden',
  severity: 'blocking',
  principle: 'input-output',
  title: 'Nothing in the text is hidden from people.',
  page: {
    what: 'The text holds characters that have no glyph, turn the reading direction, or smuggle letters.',
    why: 'A model reads them and a person does not: what was approved is not what is followed.',
    passes: example(),
    fails: example({ body: 'Ask first\u202e.' }),
    fix: 'Look at the boxes in the text and remove them.',
  },
  check: (definition) => {
    if (definition.encoding !== 'utf-8') return []
    const found = scanText(definition.text, MAX_HITS)
    if (found.length === 0) return []
    const lines = new Lines(definition.text)
    return (['block', 'warn'] as const).flatMap((severity) => {
      const hits = found.filter((hit) => hit.severity === severity)
      return hits.length === 0 ? [] : [finding(definition, lines, { severity, hits })]
    })
  },
})

type Hits = { severity: HiddenSeverity; hits: readonly HiddenCharacter[] }

function finding(definition: DefinitionContent, lines: Lines, { severity, hits }: Hits): Finding {
  const ranges = hits.slice(0, 100).map((hit) => lines.range(hit.offset, hit.offset + hit.length))
  const [first] = ranges
  const many = hits.length >= MAX_HITS ? `At least ${hits.length}` : String(hits.length)
  const what = hits.length === 1 ? 'One hidden character' : `${many} hidden characters`
  return {
    rule: 'text-hidden',
    severity: severity === 'block' ? 'blocking' : 'warning',
    principle: 'input-output',
    message: `${what}: ${shown(hits.map((hit) => hit.name))}.`,
    lines: evidence(definition, ranges),
    ...(first ? { range: first } : {}),
    ...fixFor(definition.text, hits),
  }
}

/** Takes them out, for a person to see as a diff first. */
function fixFor(text: string, hits: readonly HiddenCharacter[]): { fix?: FindingFix } {
  const [first] = hits
  const last = hits.at(-1)
  if (!first || !last || hits.length >= MAX_HITS) return {}
  let kept = ''
  let at = first.offset
  for (const hit of hits) {
    kept += text.slice(at, hit.offset)
    at = hit.offset + hit.length
  }
  if (kept.includes('\u0000')) return {}
  const label = hits.length === 1 ? 'Remove it' : `Remove all ${hits.length}`
  return { fix: { label, edit: { start: first.offset, end: at, text: kept } } }
}
