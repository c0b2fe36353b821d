/** A name in a comma or blank separated list, with its offset in the string. */
type NameAt = { name: string; start: number }

/**
 * Splits a tool list written as one string. Comma, blank and both separate alike (formats.md
 * section 4); inside parentheses they do not: `Bash(git add:*, git commit:*), Read` is two names.
 */
export function splitNames(text: string): NameAt[] {
  const names: NameAt[] = []
  let depth = 0
  let start = -1
  for (let at = 0; at <= text.length; at++) {
    const character = text[at] ?? ','
    if (character === '(') depth += 1
    if (character === ')') depth = Math.max(0, depth - 1)
    const ends = at === text.length || (depth === 0 && /[\s,]/.test(character))
    if (!ends && start < 0) start = at
    if (ends && start >= 0) {
      names.push({ name: text.slice(start, at), start })
      start = -1
    }
  }
  return names
}

/** `Bash(git:*)` → `Bash`; other names stay as they are. */
export function baseName(name: string): string {
  const paren = name.indexOf('(')
  return paren > 0 && name.endsWith(')') ? name.slice(0, paren).trim() : name
}

/** What stands in the parentheses of `Bash(git:*)`; null when there are none. */
export function patternOf(name: string): string | null {
  const paren = name.indexOf('(')
  return paren > 0 && name.endsWith(')') ? name.slice(paren + 1, -1) : null
}
