import { evidence } from '../evidence'
import type { Rule } from '../model'

const plain = (title: string) =>
  title
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()

/** A heading that the constitution requires stands over nothing (S24). */
export const sectionEmpty: Rule = {
  id: 'section-empty',
  severity: 'error',
  principle: 'documentation',
  title: 'A required section says something.',
  check: (definition, context) => {
    const required = new Set(context.requiredSections.map(plain))
    return definition.sections
      .filter((section) => section.empty && required.has(plain(section.title)))
      .map((section) => ({
        rule: 'section-empty',
        severity: 'error' as const,
        principle: 'documentation',
        message: `“${section.title}” is empty.`,
        lines: evidence(definition, [section.range]),
        range: { ...section.range, end: section.contentRange.start, endLine: section.line },
      }))
  },
}
