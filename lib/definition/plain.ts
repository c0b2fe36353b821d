import type { JsonValue } from './model'

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/**
 * A string that every store can take: YAML and JSON escapes can write NUL and half characters,
 * which PostgreSQL and UTF-8 refuse. They become U+2400 (␀) and U+FFFD, so they stay visible.
 */
export function plainText(text: string): string {
  return text.replaceAll('\u0000', '\u2400').replace(LONE_SURROGATE, '\ufffd')
}

/** Whether two JSON values are written the same, keys in the same order. */
export function sameJson(a: JsonValue, b: JsonValue): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
