import type { DefinitionContent } from '@/lib/definition/model'
import { counted } from '../marks'

const ENDINGS = { lf: 'LF', crlf: 'CR LF', cr: 'CR', mixed: 'mixed line ends', none: 'one line' }

/** "189 lines, LF, UTF-8". */
export function shapeWords(content: DefinitionContent): string {
  const lines = content.text === '' ? 0 : content.text.split(/\r\n|\n|\r/).length
  const encoding = content.encoding === 'utf-8' ? 'UTF-8' : 'not UTF-8, shown as Latin-1'
  const bom = content.bom ? ', byte order mark' : ''
  return `${counted(lines, 'line')}, ${ENDINGS[content.eol]}, ${encoding}${bom}`
}
