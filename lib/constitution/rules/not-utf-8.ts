import type { Rule } from '../model'
import { definitionRule, example } from './make'

/** Bytes that are not UTF-8 show other people other text, and cannot be edited here. */
export const notUtf8: Rule = definitionRule({
  id: 'not-utf-8',
  severity: 'blocking',
  title: 'The file is UTF-8.',
  page: {
    what: 'The bytes of the file are not UTF-8.',
    why: 'People with other settings read other text than the one that was approved.',
    passes: example(),
    // Read as Latin-1: its test writes the bytes so.
    fails: example({ body: 'Kr\u00e4ne' }),
    fix: 'Save the file as UTF-8 and import it again.',
  },
  check: (definition) => {
    if (definition.encoding === 'utf-8') return []
    const message = 'The bytes are not UTF-8. Convert the file and import it again.'
    return [{ rule: 'not-utf-8', severity: 'blocking', message, lines: [] }]
  },
})
