/** U+2400 SYMBOL FOR NULL: stands for U+0000, which PostgreSQL text and jsonb cannot hold. */
const NULL_PICTURE = '\u2400'
const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g

/**
 * Text as the database can keep it, same length, same offsets: for what is derived from a
 * definition and shown. The definition itself is kept as bytes and is not touched.
 */
export function storableText(text: string): string {
  return text.replaceAll('\u0000', NULL_PICTURE).replace(LONE_SURROGATE, '\uFFFD')
}

/** The same for every string (and key) inside a plain value. */
export function storable<T>(value: T): T {
  if (typeof value === 'string') return storableText(value) as T
  if (Array.isArray(value)) return value.map((item) => storable(item)) as T
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, item]) => [storableText(key), storable(item)])
  return Object.fromEntries(entries) as T
}
