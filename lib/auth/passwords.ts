import 'server-only'
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { ChanceryError } from '@/lib/core/errors'

/** scrypt, RFC 7914: N = 2^ln. About 200 ms and 32 MiB per hash on a small machine. */
const COST = { ln: 15, r: 8, p: 3 } as const
const SALT_BYTES = 16
const KEY_BYTES = 32
const SCRYPT_MEMORY = 64 * 1024 * 1024

/** Hashes at once and waiting: memory and time stay bounded whatever arrives. */
const MAX_RUNNING = 2
const MAX_WAITING = 20

type Cost = { ln: number; r: number; p: number }
type Stored = { cost: Cost; salt: Buffer; key: Buffer }

/**
 * Hashes a password into a PHC string: `$scrypt$ln=15,r=8,p=3$salt$key`, base64 without padding.
 * The text is normalised to NFKC first, so that two keyboards agree. Throws `limit` when too many
 * hashes are waiting.
 */
export async function hashPassword(plain: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derive(plain, salt, COST)
  const { ln, r, p } = COST
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(key)}`
}

/** `rehash`: the stored cost is not today's; store a fresh hash now that the text is known. */
export type Verdict = { ok: boolean; rehash: boolean }

/**
 * Compares in constant time. `phc` null (nobody there, or no password) costs the same and is
 * wrong, so that an answer's time does not tell who exists. Throws `limit` as above.
 */
export async function verifyPassword(plain: string, phc: string | null): Promise<Verdict> {
  const stored = phc === null ? null : readPhc(phc)
  const compared = stored ?? nobody
  const key = await derive(plain, compared.salt, compared.cost)
  const same = timingSafeEqual(key, compared.key)
  if (stored === null) return { ok: false, rehash: false }
  const { cost } = stored
  return {
    ok: same,
    rehash: same && (cost.ln !== COST.ln || cost.r !== COST.r || cost.p !== COST.p),
  }
}

const nobody: Stored = { cost: COST, salt: randomBytes(SALT_BYTES), key: randomBytes(KEY_BYTES) }

const PHC =
  /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,})\$([A-Za-z0-9+/]{43})$/

/** Null for anything that is not one of our strings, or that asks for more than 64 MiB. */
function readPhc(phc: string): Stored | null {
  const match = PHC.exec(phc)
  if (!match) return null
  const [ln, r, p] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (ln < 10 || ln > 16 || r < 1 || r > 8 || p < 1 || p > 4) return null
  return {
    cost: { ln, r, p },
    salt: Buffer.from(match[4] ?? '', 'base64'),
    key: Buffer.from(match[5] ?? '', 'base64'),
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

let running = 0
const waiting: (() => void)[] = []

async function derive(plain: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  await enter()
  try {
    return await runScrypt(plain.normalize('NFKC'), salt, cost)
  } finally {
    leave()
  }
}

async function enter(): Promise<void> {
  if (running < MAX_RUNNING) {
    running += 1
    return
  }
  if (waiting.length >= MAX_WAITING) {
    throw new ChanceryError(
      'limit',
      'Too many people are signing in. Try again in a few seconds.',
      {
        data: { retryAfterSeconds: 5 },
      },
    )
  }
  await new Promise<void>((resolve) => waiting.push(resolve))
}

/** The place is handed over, not given back, so a newcomer cannot overtake the queue. */
function leave(): void {
  const next = waiting.shift()
  if (next) next()
  else running -= 1
}

function runScrypt(plain: string, salt: Buffer, cost: Cost): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { N: 2 ** cost.ln, r: cost.r, p: cost.p, maxmem: SCRYPT_MEMORY }
    scrypt(plain, salt, KEY_BYTES, options, (error, key) => (error ? reject(error) : resolve(key)))
  })
}
