/** A UUID that belongs to one kind of row; the brand keeps kinds apart at compile time. */
export type Id<Kind extends string> = string & { readonly __kind: Kind }

let lastMillis = 0
let counter = 0

/** 12 bits after the time: rises for ids of one millisecond (RFC 9562 section 6.2, method 1). */
function sequence(millis: number): number {
  counter =
    millis === lastMillis ? counter + 1 : (crypto.getRandomValues(new Uint16Array(1))[0] ?? 0)
  // The upper half stays free for those that follow within the millisecond.
  if (millis !== lastMillis) counter &= 0x7ff
  lastMillis = millis
  return counter & 0xfff
}

/**
 * UUID version 7 (RFC 9562 section 5.7): 48 bits of Unix milliseconds, a counter, random bits. Ids
 * that one process makes for the same millisecond sort in the order in which they were made.
 */
export function newId<Kind extends string>(at: number = Date.now()): Id<Kind> {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const view = new DataView(bytes.buffer)
  view.setUint32(0, Math.floor(at / 0x10000))
  view.setUint16(4, at % 0x10000)
  view.setUint16(6, 0x7000 | sequence(at))
  view.setUint8(8, (view.getUint8(8) & 0x3f) | 0x80)
  const hex = Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}` as Id<Kind>
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
/** True for a lower-case UUID of any version. */
export function isId(text: string): boolean {
  return UUID.test(text)
}

const SLUG = /^[a-z0-9]+(?:-[a-z0-9]+)*$/
/** True for lower-case kebab-case of at most 64 characters (the name rule for what is made here). */
export function isSlug(text: string): boolean {
  return text.length <= 64 && SLUG.test(text)
}

/** A slug made from any text; falls back to `fallback` when nothing of it is left. */
export function slugify(text: string, fallback: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 56)
    .replace(/-+$/, '')
  return slug === '' ? fallback : slug
}
