type Decoded = { encoding: 'utf-8' | 'not-utf-8'; text: string; bom: boolean }

/**
 * Decodes strictly as UTF-8 (WHATWG Encoding, `fatal`), keeping a byte order mark, so that
 * `encodeText` gives back the same bytes. Bytes that are not UTF-8 become their Latin-1 view: one
 * character per byte, which also encodes back to the same bytes.
 */
export function decodeBytes(bytes: Uint8Array): Decoded {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return { encoding: 'utf-8', text, bom: text.charCodeAt(0) === 0xfeff }
  } catch {
    return { encoding: 'not-utf-8', text: latin1(bytes), bom: false }
  }
}

/** The bytes of a text in the encoding it was read in. */
export function encodeText(text: string, encoding: Decoded['encoding']): Uint8Array {
  if (encoding === 'utf-8') return new TextEncoder().encode(text)
  return Uint8Array.from(text, (character) => character.charCodeAt(0))
}

const CHUNK = 8_192

/** ISO 8859-1; `TextDecoder('latin1')` would be windows-1252, which renames 27 bytes. */
function latin1(bytes: Uint8Array): string {
  const parts: string[] = []
  for (let at = 0; at < bytes.length; at += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(at, at + CHUNK)))
  }
  return parts.join('')
}
