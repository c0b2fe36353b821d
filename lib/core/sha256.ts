import { hash } from 'node:crypto'
import type { Digest } from './digest'

/** SHA-256 (FIPS 180-4) of the bytes, hex. One-shot: about three times faster than a stream. */
export function sha256(bytes: Uint8Array | string): Digest {
  return hash('sha256', bytes, 'hex') as Digest
}
/** The same as 32 raw bytes. */
export function sha256Bytes(bytes: Uint8Array): Buffer {
  return hash('sha256', bytes, 'buffer')
}
