import { plainTitle } from '@/lib/definition/claims'
import { evidence, shown } from '../evidence'
import type { Rule } from '../model'

/** A heading that the constitution requires stands over nothing (S24): empty, not missing. */
export const sectionEmpty: Rule = {
  id: 'section-empty',
  severity: 'error',
  principle: 'documentation',
  title: 'A required section says something.',
  check: (definition, context) => {
    const required = new Set(context.constitution.requiredSections.map(plainTitle))
    return definition.sections
      .filter((section) => section.empty && required.has(plainTitle(section.title)))
      .map((section) => {
        const { start, line } = section.range
        const range = { start, end: section.contentRange.start, line, endLine: line }
        return {
          rule: 'section-empty',
          severity: 'error' as const,
          principle: 'documentation',
          message: `The section “${shown([section.title])}” is empty.`,
          lines: evidence(definition, [range]),
          range,
        }
      })
  },
}
