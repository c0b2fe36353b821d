import 'server-only'
import type { Sql, TransactionSql } from 'postgres'
import { faultPoint } from '@/lib/core/fault'
import { type Checkpoint, openCheckpoint, type Signer, signCheckpoint } from './checkpoint'
import { readHighWater, writeHighWater } from './high-water'
import { appendLeaf, emptyFrontier, equal, type Frontier, rootOf, splitHashes } from './merkle'
import { planRoot } from './proofs'
import { readLeafHashes, readNodes } from './tiles'

/** Why the publisher does not sign. The log is still written; people must look at it. */
export type Stop = { code: 'BEHIND' | 'FORK' | 'ROOT' | 'ORIGIN' | 'HIGH_WATER'; detail: string }
/** `busy`: another publisher was at work. `checkpoint`: the newest one, null for an empty log. */
export type Publication =
  | { state: 'published' | 'unchanged'; checkpoint: Checkpoint | null }
  | { state: 'stopped'; stop: Stop }
  | { state: 'busy' }

type State = { origin: string; size: number; root: Buffer; published: number; note: string | null }
type Publisher = { signer: Signer; dataDir: string }

/** Leaf hashes that are read at once; 1.6 MB. */
const CHUNK = 50_000

/**
 * Signs the committed state of the tree, if it provably grew from the newest note in the data
 * folder: the root is computed from the entries themselves, not believed. The note is on disk
 * outside the database before it is published. A database that is behind that note, or not
 * consistent with it, is never signed for again; the reason is kept where the console shows it.
 */
export async function publishHead(sql: Sql, publisher: Publisher): Promise<Publication> {
  let result: Publication = { state: 'busy' }
  await sql.begin(async (tx) => {
    const [lock] = await tx<{ got: boolean }[]>`
      select pg_try_advisory_xact_lock(hashtextextended('chancery.audit.publish', 0)) as got`
    if (!lock?.got) return
    // Reading every entry of a large log takes longer than a request may.
    await tx`select set_config('statement_timeout', '0', true)`
    result = await publish(tx, publisher)
    if (result.state === 'stopped') await report(tx, result.stop)
    faultPoint('publish.before-commit')
  })
  return result
}

async function publish(tx: TransactionSql, { signer, dataDir }: Publisher): Promise<Publication> {
  const state = await readState(tx)
  const known = await readKnown({ signer, dataDir })
  if ('code' in known) return { state: 'stopped', stop: known }
  const newest = known.checkpoint ?? publishedCheckpoint(state, signer)
  if (newest && 'code' in newest) return { state: 'stopped', stop: newest }
  const stop = compare(state, newest, signer)
  if (stop) return { state: 'stopped', stop }
  if (state.size === 0) return { state: 'unchanged', checkpoint: null }
  if (known.checkpoint && state.size === known.checkpoint.size) {
    await report(tx, null)
    if (state.published === state.size) return { state: 'unchanged', checkpoint: known.checkpoint }
    // The note was recorded, then the process ended: publish that same note now.
    await insertHead(tx, known.checkpoint, known.note)
    return { state: 'published', checkpoint: known.checkpoint }
  }
  const grown = await growth(tx, state, newest)
  if ('code' in grown) return { state: 'stopped', stop: grown }
  const checkpoint = { origin: state.origin, size: state.size, root: grown.root }
  faultPoint('publish.before-sign')
  const note = signCheckpoint(checkpoint, signer)
  faultPoint('publish.after-sign')
  await writeHighWater(dataDir, note)
  faultPoint('publish.after-high-water')
  await insertHead(tx, checkpoint, note)
  await report(tx, null)
  return { state: 'published', checkpoint }
}

async function readState(tx: TransactionSql): Promise<State> {
  const [row] = await tx<
    { origin: string; size: string; root: Buffer; published: string; note: string | null }[]
  >`
    select s.origin, s.size, s.root, coalesce(h.size, 0) as published, h.note
    from audit.tree_state s left join lateral (
      select size, note from audit.tree_head where epoch = s.epoch order by size desc limit 1
    ) h on true`
  if (!row) throw new Error('The audit log has no state row: the database was not migrated.')
  return { ...row, size: Number(row.size), published: Number(row.published) }
}

type Known = { checkpoint: Checkpoint; note: string } | { checkpoint: null; note: null }

async function readKnown({ signer, dataDir }: Publisher): Promise<Known | Stop> {
  const note = await readHighWater(dataDir)
  if (note === null) return { checkpoint: null, note: null }
  try {
    return { checkpoint: openCheckpoint(note, signer.vkey), note }
  } catch (error) {
    return { code: 'HIGH_WATER', detail: `checkpoint.note is damaged. ${(error as Error).message}` }
  }
}

/** A data folder without a note takes the newest published one as its beginning. */
function publishedCheckpoint(state: State, signer: Signer): Checkpoint | Stop | null {
  try {
    return state.note === null ? null : openCheckpoint(state.note, signer.vkey)
  } catch (error) {
    const detail = `The newest published checkpoint is not ours. ${(error as Error).message}`
    return { code: 'FORK', detail }
  }
}

function compare(state: State, known: Checkpoint | null, signer: Signer): Stop | null {
  if (state.origin !== signer.name || (known && known.origin !== state.origin)) {
    return { code: 'ORIGIN', detail: 'The data folder belongs to another log.' }
  }
  const signed = Math.max(known?.size ?? 0, state.published)
  if (state.size < signed) {
    return {
      code: 'BEHIND',
      detail: `The database holds ${state.size} facts, but ${signed} were signed: an older state was restored.`,
    }
  }
  if (!known) return null
  if (state.size === known.size && !equal(state.root, known.root)) {
    return { code: 'FORK', detail: `Another history of ${state.size} facts was signed before.` }
  }
  return null
}

/** Recomputes the root from what is stored, beginning with the state that was signed before. */
async function growth(
  tx: TransactionSql,
  state: State,
  known: Checkpoint | null,
): Promise<{ root: Buffer } | Stop> {
  try {
    const frontier = await signedFrontier(tx, known)
    if (!frontier) {
      return {
        code: 'FORK',
        detail: `The first ${known?.size} facts are not those that were signed.`,
      }
    }
    while (frontier.size < state.size) {
      const to = Math.min(frontier.size + CHUNK, state.size)
      const hashes = await readLeafHashes(tx, { from: frontier.size, to })
      for (const hash of splitHashes(hashes)) appendLeaf(frontier, hash)
    }
    if (equal(rootOf(frontier), state.root)) return { root: state.root }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return { code: 'ROOT', detail: error.message }
  }
  return { code: 'ROOT', detail: 'The stored root is not the root of the stored entries.' }
}

async function signedFrontier(
  tx: TransactionSql,
  known: Checkpoint | null,
): Promise<Frontier | null> {
  if (!known) return emptyFrontier()
  const hashes = await readNodes(tx, planRoot(known.size))
  const frontier = { size: known.size, hashes }
  return equal(rootOf(frontier), known.root) ? frontier : null
}

async function insertHead(
  tx: TransactionSql,
  { size, root }: Checkpoint,
  note: string,
): Promise<void> {
  await tx`select audit.publish_head(${size}::bigint, ${root}::bytea, ${note})`
}

async function report(tx: TransactionSql, stop: Stop | null): Promise<void> {
  await tx`
    select audit.report_integrity(${stop ? 'stopped' : 'ok'}, ${stop?.code ?? null},
                                  ${stop?.detail ?? null})`
}
