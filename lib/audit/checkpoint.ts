import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { invalid } from '@/lib/core/errors'
import { sha256Bytes } from '@/lib/core/sha256'

/**
 * Checkpoints as C2SP signed notes (c2sp.org/signed-note, c2sp.org/tlog-checkpoint), signed with
 * Ed25519. Pure: bytes in, text out. Every parser here refuses what it does not understand.
 */

/** A statement about the log: its name, how many leaves it has, and their root. */
export type Checkpoint = { origin: string; size: number; root: Buffer }

type NoteSignature = { name: string; keyId: Buffer; signature: Buffer }
export type Note = {
  /** The signed bytes, final newline included. */
  text: string
  signatures: NoteSignature[]
}

/** A key that can sign; `name` is the origin of the log it signs for. */
export type Signer = { name: string; privateKey: KeyObject; vkey: string }
export type Verifier = { name: string; keyId: Buffer; publicKey: KeyObject }

const ED25519 = 0x01
const SPKI = Buffer.from('302a300506032b6570032100', 'hex')
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const MAX_SIGNATURES = 16
const MAX_NOTE = 64 * 1024

/** The text of a checkpoint: origin, size, root in base64, one line each. */
export function checkpointText({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${root.toString('base64')}\n`
}

/** Signs a checkpoint. The same checkpoint and key always give the same note (RFC 8032). */
export function signCheckpoint(checkpoint: Checkpoint, signer: Signer): string {
  const text = checkpointText(checkpoint)
  const signature = sign(null, Buffer.from(text), signer.privateKey)
  const { keyId } = parseVerifier(signer.vkey)
  const blob = Buffer.concat([keyId, signature]).toString('base64')
  return `${text}\n— ${signer.name} ${blob}\n`
}

/** Takes a note apart. Throws `invalid` for anything that is not exactly a signed note. */
export function parseNote(note: string): Note {
  if (note.length > MAX_NOTE) invalid('The note is too long.')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a note may hold no control character
  if (/[\u0000-\u0009\u000b-\u001f\u007f]|[\ud800-\udfff]/.test(note)) {
    // Lone surrogates and control characters have no place in a note (pairs neither, here).
    invalid('The note holds a control character or a character that it may not hold.')
  }
  const split = note.lastIndexOf('\n\n')
  if (split < 0 || !note.endsWith('\n')) invalid('The note has no signature.')
  const lines = note.slice(split + 2, -1).split('\n')
  if (lines.length > MAX_SIGNATURES) invalid('The note has more than 16 signatures.')
  return { text: note.slice(0, split + 1), signatures: lines.map(parseSignature) }
}

/** Reads the three lines of a checkpoint. Further lines are refused: ours never have any. */
export function parseCheckpoint(text: string): Checkpoint {
  const [origin, size, root, ...rest] = text.split('\n')
  if (origin === undefined || size === undefined || root === undefined || rest.join() !== '') {
    return invalid('A checkpoint has three lines: origin, size and root.')
  }
  if (!isName(origin)) invalid('The origin of the checkpoint is empty or holds a space or a plus.')
  if (!/^(0|[1-9]\d{0,15})$/.test(size) || !Number.isSafeInteger(Number(size))) {
    invalid('The size of the checkpoint is not a plain number.')
  }
  return { origin, size: Number(size), root: strictBase64(root, 32) }
}

/**
 * Opens a note with a verifier key that the caller already trusts. Signatures by other keys are
 * ignored, as the format asks. Throws `invalid` when none by this key verifies.
 */
export function openCheckpoint(note: string, vkey: string): Checkpoint {
  const verifier = parseVerifier(vkey)
  const { text, signatures } = parseNote(note)
  const ours = signatures.filter(
    ({ name, keyId }) => name === verifier.name && keyId.equals(verifier.keyId),
  )
  if (ours.length === 0) invalid('The note carries no signature by this key.')
  for (const { signature } of ours) {
    if (!verify(null, Buffer.from(text), verifier.publicKey, signature)) {
      invalid('The signature of the note does not verify.')
    }
  }
  const checkpoint = parseCheckpoint(text)
  if (checkpoint.origin !== verifier.name) invalid('The note is signed for another log.')
  return checkpoint
}

/** Key id of C2SP signed notes: first four bytes of SHA-256(name, newline, algorithm, key). */
export function keyIdOf(name: string, publicKey: Uint8Array): Buffer {
  const bytes = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(ED25519), publicKey])
  return sha256Bytes(bytes).subarray(0, 4)
}

/** Reads a verifier key, `name+hex id+base64(0x01 + public key)`. Throws `invalid`. */
export function parseVerifier(vkey: string): Verifier {
  const match = /^([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(vkey)
  const [, name = '', id = '', key = ''] = match ?? []
  if (!isName(name)) return invalid('This is not a verifier key.')
  const bytes = strictBase64(key, 33)
  const raw = bytes.subarray(1)
  if (bytes[0] !== ED25519) invalid('The verifier key is not an Ed25519 key.')
  if (keyIdOf(name, raw).toString('hex') !== id) invalid('The verifier key has a wrong id.')
  const publicKey = createPublicKey({
    key: Buffer.concat([SPKI, raw]),
    format: 'der',
    type: 'spki',
  })
  return { name, keyId: Buffer.from(id, 'hex'), publicKey }
}

/** A fresh key for the log of this name, with the secret text that keeps it. */
export function generateSigner(name: string): { signer: Signer; secret: string } {
  const { privateKey } = generateKeyPairSync('ed25519')
  const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(PKCS8.length)
  const signer = signerOf(name, seed)
  const id = parseVerifier(signer.vkey).keyId.toString('hex')
  const blob = Buffer.concat([Buffer.of(ED25519), seed]).toString('base64')
  return { signer, secret: `PRIVATE+KEY+${name}+${id}+${blob}` }
}

/** Reads a signing key, `PRIVATE+KEY+name+hex id+base64(0x01 + seed)`. Throws `invalid`. */
export function parseSigner(secret: string): Signer {
  const match = /^PRIVATE\+KEY\+([^+]+)\+([0-9a-f]{8})\+(.+)$/.exec(secret.trim())
  const [, name = '', id = '', key = ''] = match ?? []
  // The text itself is never repeated in a message.
  if (!isName(name)) return invalid('This is not a checkpoint key.')
  const bytes = strictBase64(key, 33)
  if (bytes[0] !== ED25519) invalid('The checkpoint key is not an Ed25519 key.')
  const signer = signerOf(name, bytes.subarray(1))
  if (parseVerifier(signer.vkey).keyId.toString('hex') !== id) {
    invalid('The checkpoint key is damaged: its id does not fit.')
  }
  return signer
}

function signerOf(name: string, seed: Uint8Array): Signer {
  const key = Buffer.concat([PKCS8, seed])
  const privateKey = createPrivateKey({ key, format: 'der', type: 'pkcs8' })
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' })
  const raw = spki.subarray(SPKI.length)
  const blob = Buffer.concat([Buffer.of(ED25519), raw]).toString('base64')
  return { name, privateKey, vkey: `${name}+${keyIdOf(name, raw).toString('hex')}+${blob}` }
}

function parseSignature(line: string): NoteSignature {
  const match = /^— ([^ ]+) ([^ ]+)$/.exec(line)
  const [, name = '', blob = ''] = match ?? []
  if (!isName(name)) return invalid('A signature line of the note cannot be read.')
  const bytes = Buffer.from(blob, 'base64')
  if (bytes.length < 5 || bytes.toString('base64') !== blob) {
    invalid('A signature of the note is not plain base64.')
  }
  return { name, keyId: bytes.subarray(0, 4), signature: bytes.subarray(4) }
}

function isName(name: string): boolean {
  return name !== '' && !/[\s+]/u.test(name)
}

function strictBase64(text: string, length: number): Buffer {
  const bytes = Buffer.from(text, 'base64')
  if (bytes.length !== length || bytes.toString('base64') !== text) {
    return invalid('A value of the note is not plain base64 of the right length.')
  }
  return bytes
}
