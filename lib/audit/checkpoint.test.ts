import { verify } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ChanceryError } from '@/lib/core/errors'
import {
  type Checkpoint,
  checkpointText,
  generateSigner,
  openCheckpoint,
  parseCheckpoint,
  parseNote,
  parseSigner,
  parseVerifier,
  signCheckpoint,
} from './checkpoint'
import { EMPTY_ROOT } from './merkle'

const ORIGIN = 'chancery/audit/0190a0b0-0000-7000-8000-000000000000/1'
const CHECKPOINT: Checkpoint = { origin: ORIGIN, size: 48213, root: EMPTY_ROOT }
const { signer, secret } = generateSigner(ORIGIN)
const NOTE = signCheckpoint(CHECKPOINT, signer)

/** The example of the signed note format's first implementation: public keys and a public note. */
const PUBLIC = {
  vkey: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  skey: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  note: `If you think cryptography is the answer to your problem,
then you don't know what your problem is.

— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=
`,
}
/** Verifier key of a public checksum database: another independent check of the key id. */
const SUM_DATABASE = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'

describe('the note format is the public one', () => {
  it('reads published verifier keys and derives their ids', () => {
    expect(parseVerifier(PUBLIC.vkey).keyId.toString('hex')).toBe('c74f20a3')
    expect(parseVerifier(SUM_DATABASE).name).toBe('sum.golang.org')
  })

  it('verifies a published note', () => {
    const { text, signatures } = parseNote(PUBLIC.note)
    const { publicKey, keyId } = parseVerifier(PUBLIC.vkey)
    expect(signatures).toHaveLength(1)
    expect(signatures[0]!.keyId.equals(keyId)).toBe(true)
    expect(verify(null, Buffer.from(text), publicKey, signatures[0]!.signature)).toBe(true)
  })

  it('reads a published signing key as the owner of the published verifier key', () => {
    expect(parseSigner(PUBLIC.skey).vkey).toBe(PUBLIC.vkey)
  })
})

describe('a checkpoint', () => {
  it('is three lines, a blank line and a signature', () => {
    expect(NOTE.split('\n')).toEqual([
      ORIGIN,
      '48213',
      '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      '',
      expect.stringMatching(/^— chancery\/audit\/[0-9a-f-]+\/1 [A-Za-z0-9+/]{91}=$/),
      '',
    ])
  })

  it('opens with the key of its log, and always has the same signature', () => {
    expect(openCheckpoint(NOTE, signer.vkey)).toEqual(CHECKPOINT)
    expect(signCheckpoint(CHECKPOINT, parseSigner(secret))).toBe(NOTE)
  })

  it('opens although others have signed it too', () => {
    const other = generateSigner('witness.example').signer
    const text = checkpointText(CHECKPOINT)
    const cosigned = signCheckpoint(CHECKPOINT, other).slice(text.length + 1)
    expect(openCheckpoint(NOTE + cosigned, signer.vkey)).toEqual(CHECKPOINT)
    expect(
      openCheckpoint(`${text}\n${cosigned}${NOTE.slice(text.length + 1)}`, signer.vkey),
    ).toEqual(CHECKPOINT)
  })

  it('does not open with another key, nor with another key of the same name', () => {
    expect(() => openCheckpoint(NOTE, PUBLIC.vkey)).toThrow(/no signature by this key/)
    expect(() => openCheckpoint(NOTE, generateSigner(ORIGIN).signer.vkey)).toThrow(ChanceryError)
  })

  it('does not open when it speaks for another log than the key', () => {
    const foreign = signCheckpoint({ ...CHECKPOINT, origin: 'another/log' }, signer)
    expect(() => openCheckpoint(foreign, signer.vkey)).toThrow(/another log/)
  })

  it('does not open after any change of any byte', () => {
    fc.assert(
      fc.property(
        fc.nat(NOTE.length - 1),
        fc.string({ minLength: 0, maxLength: 2, unit: 'binary' }),
        (at, put) => {
          const changed = NOTE.slice(0, at) + put + NOTE.slice(at + 1)
          fc.pre(changed !== NOTE)
          expect(() => openCheckpoint(changed, signer.vkey)).toThrow(ChanceryError)
        },
      ),
      { numRuns: 1_000 },
    )
  })
})

describe('the parser', () => {
  it.each([
    ['leading zero', `${ORIGIN}\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`],
    ['sign', `${ORIGIN}\n+1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`],
    [
      'size beyond 2^53',
      `${ORIGIN}\n9007199254740993\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`,
    ],
    ['short root', `${ORIGIN}\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuA==\n`],
    ['unpadded root', `${ORIGIN}\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU\n`],
    ['loose bits in the root', `${ORIGIN}\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n`],
    ['no origin', `\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`],
    ['space in the origin', `a b\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`],
    ['plus in the origin', `a+b\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n`],
    ['another line', `${ORIGIN}\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\nmore\n`],
    ['two lines', `${ORIGIN}\n1\n`],
  ])('refuses a checkpoint with %s', (_what, text) => {
    expect(() => parseCheckpoint(text)).toThrow(ChanceryError)
  })

  const body = NOTE.slice(0, NOTE.indexOf('—'))
  const line = NOTE.slice(NOTE.indexOf('—'))
  it.each([
    ['no signature', body],
    ['a hyphen for the dash', `${body}${line.replace('—', '-')}`],
    ['no final newline', NOTE.slice(0, -1)],
    ['a carriage return', NOTE.replaceAll('\n', '\r\n')],
    ['a control character', `\u0001${NOTE}`],
    ['17 signatures', `${body}${line.repeat(17)}`],
    ['a short signature', `${body}— ${ORIGIN} AAAA\n`],
    ['a lone surrogate', `\ud800${NOTE}`],
    ['too much of it', `${'x'.repeat(70_000)}\n\n${line}`],
    ['a name with a plus', `${body}— a+b ${line.split(' ')[2]}`],
  ])('refuses a note with %s', (_what, note) => {
    expect(() => parseNote(note)).toThrow(ChanceryError)
  })

  it('says no, and nothing worse, to arbitrary text', () => {
    const pieces = fc.constantFrom('\n', '\n\n', '— ', ORIGIN, '1', 'AAAAAAAA', ' ', '+', '=', line)
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((all) => all.join('')),
    )
    fc.assert(
      fc.property(text, (input) => {
        for (const parse of [parseNote, parseCheckpoint, parseVerifier, parseSigner]) {
          try {
            parse(input)
          } catch (error) {
            expect(error).toBeInstanceOf(ChanceryError)
          }
        }
      }),
      { numRuns: 2_000 },
    )
  })

  it('never repeats a secret key in a message', () => {
    for (const broken of [`${secret}x`, secret.replace('+1+', '+x+'), secret.slice(0, -3)]) {
      try {
        parseSigner(broken)
      } catch (error) {
        expect((error as Error).message).not.toContain(secret.slice(-20, -4))
      }
    }
  })
})
