import type { Lines } from '@/lib/definition/lines'
import type { DefinitionContent, TextRange } from '@/lib/definition/model'
import { finding, linesOf, shown } from '../evidence'
import type { Rule } from '../model'
import { definitionRule, example } from './make'

/**
 * Letters of Cyrillic, Greek and Armenian that look like Latin ones. Only these: μs, Δt and λ are
 * everyday words, and Japanese writes Latin words next to its own without a space.
 */
const LOOKALIKE =
  '\u0410\u0412\u0415\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423\u0425\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0455\u0456\u0458\u0491\u04bb\u04cf\u0501\u051b\u051d\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7\u03bf\u03bd\u0578\u057d\u0585'
const CANDIDATE = new RegExp(`[${LOOKALIKE}]`)
const MAX = 50

/** A Cyrillic "a" in a Latin word reads the same to a person and is another word to a machine. */
export const textMixedScript: Rule = definitionRule({
  id: 'text-mixed-script',
  severity: 'blocking',
  principle: 'input-output',
  title: 'No word is written in two alphabets.',
  page: {
    what: 'A name, address or word mixes Latin letters with letters of another alphabet that look the same.',
    why: 'The person who approves reads one name, the machine follows another. In a tool name or an address that is an attack.',
    passes: example({ body: 'Ask `tide-tables` for the water.' }),
    fails: example({ body: 'Ask `tide-t\u0430bles` for the water.' }),
    fix: 'Type the word again.',
  },
  check: (definition) => {
    if (definition.encoding !== 'utf-8' || !CANDIDATE.test(definition.text)) return []
    const found = mixed(definition.text, linesOf(definition))
    if (found.length === 0) return []
    const end = definition.frontmatter?.contentRange.end ?? 0
    const powerful = found.some(
      ({ word, range }) => range.start < end || isAddress(word) || isCode(definition, range),
    )
    return [
      finding(textMixedScript, definition, {
        severity: powerful ? 'blocking' : 'warning',
        message: `Written in two alphabets: ${shown(found.map(({ word }) => word))}.`,
        at: found.map(({ range }) => range),
      }),
    ]
  },
})

function mixed(_text: string, lines: Lines): { word: string; range: TextRange }[] {
  const found: { word: string; range: TextRange }[] = []
  for (let line = 1; line <= lines.count && found.length < MAX; line++) {
    const content = lines.contentOf(line)
    if (!CANDIDATE.test(content)) continue
    const start = lines.startOf(line)
    for (const word of content.split(/[\s"'`()<>[\]{},;|*]+/)) {
      if (!CANDIDATE.test(word) || !isMixed(word)) continue
      if (found.length === MAX) break
      const at = start + content.indexOf(word)
      found.push({ word, range: lines.range(at, at + word.length) })
    }
  }
  return found
}

/** A run of letters that is Latin but for letters that only look so; `React-компонент` is two runs. */
function isMixed(word: string): boolean {
  return (word.match(/\p{L}+/gu) ?? []).some(
    (run) =>
      /[A-Za-z]/.test(run) &&
      [...run].every((letter) => /\p{Script=Latin}/u.test(letter) || CANDIDATE.test(letter)) &&
      CANDIDATE.test(run),
  )
}

const isAddress = (word: string) => /:\/\/|^[\w.-]+@|\.(?:com|org|net|io|dev|sh)\b/i.test(word)

function isCode({ text }: DefinitionContent, { start, end }: TextRange): boolean {
  const from = text.lastIndexOf('\n', start - 1) + 1
  const before = text.slice(from, start)
  const ticks = (before.match(/`/g) ?? []).length % 2 === 1
  return ticks || /^\s*(?:\$|>|#!)\s/.test(text.slice(from, end))
}
