import { ChanceryError } from './errors'

/** What may be put into a leaf: no floats, no undefined, no dates. */
export type CanonicalValue =
  | string
  | number
  | boolean
  | null
  | readonly CanonicalValue[]
  | { readonly [key: string]: CanonicalValue }

const FORBIDDEN_KEYS = new Set(['__proto__', 'constructor', 'prototype'])
const MAX_DEPTH = 16

/**
 * Canonical JSON (RFC 8785) of a narrowed value: integers within ±2^53 only, strings normalised to
 * NFC first (the RFC treats NFC and NFD as different), keys sorted by UTF-16 code units.
 * Same value → same bytes on every machine. Throws `invalid` for anything outside that.
 */
export function canonicalJson(value: CanonicalValue, depth = 0): string {
  if (depth > MAX_DEPTH) throw new ChanceryError('invalid', 'The value is nested too deeply.')
  if (value === null) return 'null'
  switch (typeof value) {
    case 'boolean':
      return value ? 'true' : 'false'
    case 'number':
      if (!Number.isSafeInteger(value)) {
        throw new ChanceryError('invalid', 'Only whole numbers within 2^53 have a canonical form.')
      }
      return String(value)
    case 'string':
      return JSON.stringify(wellFormed(value))
    case 'object':
      return Array.isArray(value)
        ? `[${value.map((item: CanonicalValue) => canonicalJson(item, depth + 1)).join(',')}]`
        : canonicalObject(value as { readonly [key: string]: CanonicalValue }, depth)
    default:
      throw new ChanceryError('invalid', `A ${typeof value} has no canonical form.`)
  }
}

function canonicalObject(value: { readonly [key: string]: CanonicalValue }, depth: number): string {
  const parts: string[] = []
  for (const key of Object.keys(value).sort()) {
    if (FORBIDDEN_KEYS.has(key)) throw new ChanceryError('invalid', `The key ${key} is refused.`)
    const item = value[key]
    if (item === undefined) continue
    parts.push(`${JSON.stringify(wellFormed(key))}:${canonicalJson(item, depth + 1)}`)
  }
  return `{${parts.join(',')}}`
}

function wellFormed(text: string): string {
  // A lone surrogate has no UTF-8 form, so two different strings would hash alike.
  if (/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text)) {
    throw new ChanceryError('invalid', 'The text holds half a character (a lone surrogate).')
  }
  return text.normalize('NFC')
}
