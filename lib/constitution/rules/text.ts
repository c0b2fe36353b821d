import { scanText } from '@/lib/core/text-safety'
import type { DefinitionContent, TextRange } from '@/lib/definition/model'
import { evidence } from '../evidence'
import type { Finding, Rule } from '../model'

/** Characters that a model reads and a person does not (trust-and-ux C4). */
export const textHidden: Rule = {
  id: 'text-hidden',
  severity: 'blocking',
  principle: 'input-output',
  title: 'Nothing in the text is hidden from people.',
  check: (definition) => {
    const found = scanText(definition.text).filter((hit) => hit.offset > 0 || !definition.bom)
    const findings: Finding[] = []
    for (const severity of ['block', 'warn'] as const) {
      const hits = found.filter((hit) => hit.severity === severity)
      const first = hits[0]
      if (!first) continue
      const range = rangeAt(definition, first.offset)
      const names = [...new Set(hits.map((hit) => hit.name))].slice(0, 3).join(', ')
      findings.push({
        rule: 'text-hidden',
        severity: severity === 'block' ? 'blocking' : 'warning',
        principle: 'input-output',
        message:
          hits.length === 1
            ? `1 hidden character: ${names}.`
            : `${hits.length} hidden characters: ${names}.`,
        lines: evidence(definition, [range]),
        range,
      })
    }
    return findings
  },
}

function rangeAt(definition: DefinitionContent, offset: number): TextRange {
  const line = definition.text.slice(0, offset).split(/\r\n|\r|\n/).length
  const size = (definition.text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
  return { start: offset, end: offset + size, line, endLine: line }
}

/** Bytes that are not text cannot be read by people or edited here. */
export const notUtf8: Rule = {
  id: 'not-utf-8',
  severity: 'blocking',
  title: 'The file is UTF-8.',
  check: (definition) =>
    definition.encoding === 'utf-8'
      ? []
      : [
          {
            rule: 'not-utf-8',
            severity: 'blocking',
            message: 'The bytes are not UTF-8. Convert the file, then import it again.',
            lines: [],
          },
        ],
}
