import { isSlug } from '@/lib/core/ids'
import { evidence, shown } from '../evidence'
import type { Rule } from '../model'
import { definitionRule, example } from './make'

/** People and tools address agents by name; one with blanks or capitals breaks that (S1). */
export const nameNotSlug: Rule = definitionRule({
  id: 'name-not-slug',
  severity: 'note',
  title: 'The name is lower-case words joined by hyphens.',
  page: {
    what: 'The name has blanks, capitals or other characters than letters, digits and hyphens.',
    why: 'People and tools call agents by name; some of them do not find this one.',
    passes: example(),
    fails: example({ fields: { name: 'Quay Planner' } }),
    fix: 'Write the name in lower case with hyphens.',
  },
  check: (definition) => {
    const { name, format } = definition
    if (format !== 'claude' || name === null || isSlug(name)) return []
    const field = definition.fields.find((each) => each.key === 'name')
    return [
      {
        rule: 'name-not-slug',
        severity: 'note',
        message: `The name ${shown([name])} is not lower-case words joined by hyphens.`,
        lines: field ? evidence(definition, [field.range]) : [],
        ...(field ? { range: field.range } : {}),
      },
    ]
  },
})

/** Two names for one agent: some tools go by the file, some by the field (S1). */
export const nameDiffersFromFile: Rule = definitionRule({
  id: 'name-differs-from-file',
  severity: 'note',
  title: 'The name is that of the file.',
  page: {
    what: 'The file has another name than the agent.',
    why: 'Some tools go by the file, others by the field.',
    passes: example(),
    fails: example({ fields: { name: 'crane-planner' } }),
    fix: 'Rename the file or the agent.',
  },
  check: (definition) => {
    const { name, path, format } = definition
    if (format !== 'claude' || name === null || path === null || !isSlug(name)) return []
    const fileName = path.split(/[\\/]/).at(-1) ?? ''
    const file = fileName.replace(/\.(?:md|markdown)$/i, '')
    if (file === '' || file === name) return []
    const field = definition.fields.find((each) => each.key === 'name')
    return [
      {
        rule: 'name-differs-from-file',
        severity: 'note',
        message: `The agent is called ${name}, its file ${shown([fileName])}.`,
        lines: field ? evidence(definition, [field.range]) : [],
        ...(field ? { range: field.range } : {}),
      },
    ]
  },
})
