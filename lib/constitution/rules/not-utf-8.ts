import type { Rule } from '../model'

/** Bytes that are not UTF-8 show other people other text, and cannot be edited here. */
export const notUtf8: Rule = {
  id: 'not-utf-8',
  severity: 'blocking',
  title: 'The file is UTF-8.',
  check: (definition) => {
    if (definition.encoding === 'utf-8') return []
    const message = 'The bytes are not UTF-8. Convert the file and import it again.'
    return [{ rule: 'not-utf-8', severity: 'blocking', message, lines: [] }]
  },
}
