/** SHA-256 of exact bytes, as 64 lower-case hex digits: the one identity of a definition. */
export type Digest = string & { readonly __digest: true }

const DIGEST = /^[0-9a-f]{64}$/
export function isDigest(text: string): text is Digest {
  return DIGEST.test(text)
}
/** The first 8 digits, as shown beside a tally. Helps the eye, proves nothing. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 8)
}
