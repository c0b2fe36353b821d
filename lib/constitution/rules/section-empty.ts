import { plainTitle } from '@/lib/definition/claims'
import { evidence, finding, shown } from '../evidence'
import type { Rule } from '../model'
import { definitionRule, example } from './make'
import { constitutionPlace, isConstitutional } from './principle-match'

const CITED = '**Constitution**: v1.0.0\n\n'
const HEADINGS =
  '## Core Responsibilities\n\n- Berths\n\n### Authorized Tools\n\nRead, Grep\n\n### Restricted Operations\n\n- No crane moves'

/** A heading that the constitution requires stands over nothing (S24): empty, not missing. */
export const sectionEmpty: Rule = definitionRule({
  id: 'section-empty',
  severity: 'error',
  principle: 'documentation',
  title: 'A required section says something.',
  page: {
    what: 'A heading that the rulebook requires stands over nothing, or over a placeholder.',
    why: 'It looks as if the question had been answered.',
    passes: example({ body: '## Core Responsibilities\n\n- Say which berth is free' }),
    fails: example({ body: '## Core Responsibilities' }),
    fix: 'Write what belongs there.',
  },
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
})

/** A file that rests on the constitution has the sections that it requires (drift D18). */
export const sectionMissing: Rule = definitionRule({
  id: 'section-missing',
  severity: 'warning',
  principle: 'documentation',
  title: 'Every required section is there.',
  page: {
    what: 'A file that rests on the constitution lacks a section that the rulebook requires.',
    why: 'What is not there cannot be read, compared or reviewed.',
    passes: example({ body: `${CITED}${HEADINGS}` }),
    fails: example({ body: CITED }),
    fix: 'Add the section and fill it.',
  },
  check: (definition, context) => {
    if (!isConstitutional(definition)) return []
    const present = new Set(definition.sections.map(({ title }) => plainTitle(title)))
    const missing = context.constitution.requiredSections.filter(
      (title) => !present.has(plainTitle(title)),
    )
    if (missing.length === 0) return []
    const message = `Required sections are missing: ${shown(missing)}.`
    return [finding(sectionMissing, definition, { message, at: constitutionPlace(definition) })]
  },
})
