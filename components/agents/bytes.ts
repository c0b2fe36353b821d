/** Bytes to base64 and back in a browser: how exact bytes travel inside JSON. */

const PIECE = 0x8000

/** RFC 4648 base64 of the bytes. */
export function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += PIECE) {
    text += String.fromCharCode(...bytes.subarray(at, at + PIECE))
  }
  return btoa(text)
}

/** The bytes behind RFC 4648 base64. Throws when it is none. */
export function fromBase64(base64: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))
}

/**
 * SHA-256 as 64 hex digits, computed by the browser; null where it cannot (a page that was not
 * served over https or from this machine has no WebCrypto). The server computes its own anyway.
 */
export async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string | null> {
  if (globalThis.crypto?.subtle === undefined) return null
  const hash = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
