import type { CST } from 'yaml'
import {
  KB,
  MAX_FRONTMATTER_BYTES,
  MAX_FRONTMATTER_DEPTH,
  MAX_FRONTMATTER_KEYS,
} from '@/lib/core/limits'
import type { DiagnosticCode } from './model'

type PrescanProblem = { code: DiagnosticCode; message: string; start: number; end: number }
type Node = { token: CST.Token; depth: number }

/** True when the UTF-8 form of `text` is longer than a frontmatter may be. */
export function isTooLarge(text: string): boolean {
  if (text.length * 3 <= MAX_FRONTMATTER_BYTES) return false
  return (
    text.length > MAX_FRONTMATTER_BYTES ||
    new TextEncoder().encode(text).length > MAX_FRONTMATTER_BYTES
  )
}

/**
 * Looks at the tokens before anything is built from them: nesting, number of keys and aliases.
 * Works without recursion, so depth cannot overflow
 * the stack. Null when the block is harmless.
 */
export function prescan(
  source: string,
  tokens: readonly CST.Token[],
  maxKeys = MAX_FRONTMATTER_KEYS,
): PrescanProblem | null {
  const stack: Node[] = tokens.map((token) => ({ token, depth: 0 })).reverse()
  let keys = 0
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    const { token, depth } = node
    if (depth > MAX_FRONTMATTER_DEPTH) return tooDeep(token)
    const problem = refusedAlias(source, token)
    if (problem !== null) return problem
    if (token.type === 'document' && token.value) stack.push({ token: token.value, depth })
    if (!('items' in token)) continue
    for (const item of token.items) {
      if (item.sep !== undefined || item.key) keys += 1
      if (keys > maxKeys) return tooMany(token, maxKeys)
      if (item.key) stack.push({ token: item.key, depth: depth + 1 })
      if (item.value) stack.push({ token: item.value, depth: depth + 1 })
    }
  }
  return null
}

function refusedAlias(source: string, token: CST.Token): PrescanProblem | null {
  if (token.type !== 'alias') return null
  const message = 'A value that begins with * is an alias in YAML. Put it in quotes.'
  const end = Math.min(source.length, token.offset + token.source.length)
  return { code: 'yaml-alias', message, start: token.offset, end }
}

function tooDeep(token: CST.Token): PrescanProblem {
  const message = `The frontmatter is nested deeper than ${MAX_FRONTMATTER_DEPTH} levels.`
  return { code: 'frontmatter-too-deep', message, start: token.offset, end: token.offset }
}

function tooMany(token: CST.Token, maxKeys: number): PrescanProblem {
  const message = `The frontmatter holds more than ${maxKeys} keys.`
  return { code: 'frontmatter-too-many-keys', message, start: token.offset, end: token.offset }
}

/** The sentence for a block beyond the limit; the limit is in bytes of UTF-8. */
export const TOO_LARGE = `The frontmatter is larger than ${MAX_FRONTMATTER_BYTES / KB} KB, so it is not read.`
