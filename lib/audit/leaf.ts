import { randomBytes } from 'node:crypto'
import { type CanonicalValue, canonicalJson } from '@/lib/core/canonical-json'
import { ChanceryError } from '@/lib/core/errors'
import { MAX_LEAF_BYTES } from '@/lib/core/limits'
import { sha256, sha256Bytes } from '@/lib/core/sha256'
import { type Leaf, leafSchema } from './model'

export type { Target } from './model'

/**
 * The bytes of a leaf: canonical JSON (RFC 8785) of the checked envelope.
 * Throws `invalid` for anything outside the schema and `limit` above 16 KiB.
 */
export function leafText(leaf: Leaf): string {
  const parsed = leafSchema.safeParse(leaf)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    const where = issue?.path.join('.') ?? ''
    throw new ChanceryError('invalid', `The fact cannot be recorded: ${where} ${issue?.message}`)
  }
  const text = canonicalJson(parsed.data as unknown as CanonicalValue)
  if (Buffer.byteLength(text) > MAX_LEAF_BYTES) {
    throw new ChanceryError('limit', 'The fact is larger than 16 KiB. Record a digest instead.')
  }
  return text
}

/** Reads stored leaf bytes for display. Never used to verify: that is done on the bytes. */
export function readLeaf(bytes: Uint8Array): Leaf {
  return leafSchema.parse(JSON.parse(Buffer.from(bytes).toString('utf8')))
}

/** `YYYY-MM-DDTHH:MM:SS.ffffffZ` of an instant that is known to the millisecond. */
export function leafTime(at: Date): string {
  return `${at.toISOString().slice(0, -1)}000Z`
}

const DOMAIN = 'chancery audit disclosure v1\n'
export type Disclosure = { salt: string; path: string; value: CanonicalValue }

/**
 * Commitment to a private value: SHA-256 of a fixed domain string and `JCS([salt, path, value])`.
 * `salt` is 64 hex digits (256 bits), so that a short value cannot be guessed from its commitment.
 */
export function commit({ salt, path, value }: Disclosure): string {
  return sha256(DOMAIN + canonicalJson([salt, path, value]))
}

export type Commitments = {
  /** Sorted commitments: the `p` of the leaf. */
  p: string[]
  /** The values that they commit to, in the order of `p`. */
  disclosures: Disclosure[]
}

/** Commits to every private value of a fact under a fresh salt each. */
export function commitAll(values: Readonly<Record<string, CanonicalValue>>): Commitments {
  const made = Object.entries(values)
    .map(([path, value]) => ({ salt: randomBytes(32).toString('hex'), path, value }))
    .map((disclosure) => ({ disclosure, commitment: commit(disclosure) }))
    .sort((a, b) => (a.commitment < b.commitment ? -1 : 1))
  return { p: made.map((m) => m.commitment), disclosures: made.map((m) => m.disclosure) }
}

// Hashing is synchronous, so one scratch buffer serves every leaf; the first byte stays 0.
const scratch = Buffer.alloc(MAX_LEAF_BYTES + 1)

/** Leaf hash of RFC 9162 section 2.1.1: SHA-256(0x00 || bytes). */
export function leafHash(bytes: Uint8Array): Buffer {
  if (bytes.length > MAX_LEAF_BYTES) return sha256Bytes(Buffer.concat([Buffer.of(0), bytes]))
  scratch.set(bytes, 1)
  return sha256Bytes(scratch.subarray(0, bytes.length + 1))
}
