import { isSlug } from '@/lib/core/ids'
import { evidence } from '../evidence'
import type { Rule } from '../model'

/** Tools address agents by name; display names break that (S1). */
export const nameNotSlug: Rule = {
  id: 'name-not-slug',
  severity: 'note',
  title: 'The name is lower-case words joined by hyphens.',
  check: (definition) => {
    const { name, format } = definition
    if (format !== 'claude' || name === null || name.trim() === '' || isSlug(name)) return []
    const field = definition.fields.find((f) => f.key === 'name')
    return [
      {
        rule: 'name-not-slug',
        severity: 'note',
        message: 'The name is not lower-case words joined by hyphens.',
        lines: field ? evidence(definition, [field.range]) : [],
        ...(field ? { range: field.range } : {}),
      },
    ]
  },
}

/** Two names for one agent: some tools use the file's, some the field's. */
export const nameDiffersFromFile: Rule = {
  id: 'name-differs-from-file',
  severity: 'note',
  title: 'The name is that of the file.',
  check: (definition) => {
    const { name, path, format } = definition
    if (format !== 'claude' || name === null || path === null || !isSlug(name)) return []
    const file = (path.split('/').at(-1) ?? '').replace(/\.md$/i, '')
    if (file === '' || file === name) return []
    const field = definition.fields.find((f) => f.key === 'name')
    return [
      {
        rule: 'name-differs-from-file',
        severity: 'note',
        message: `The file is called ${file}.md.`,
        lines: field ? evidence(definition, [field.range]) : [],
        ...(field ? { range: field.range } : {}),
      },
    ]
  },
}
