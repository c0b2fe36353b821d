import 'server-only'
import { sql } from 'drizzle-orm'
import type { Scope } from '@/lib/auth/permissions'
import type { CanonicalValue } from '@/lib/core/canonical-json'
import { notFound } from '@/lib/core/errors'
import { db, rawSql } from '@/lib/db/client'
import { commit } from '../leaf'
import { inclusionSides } from '../merkle'
import { planConsistency, planInclusion } from '../proofs'
import { readProof } from '../tiles'
import { type LogRow, ROW_COLUMNS, toRow } from './list'

/** A private value of a fact; `intact` is false when it is not what the fact commits to. */
export type Disclosure = { path: string; value: CanonicalValue; salt: string; intact: boolean }

/** A published head, as it was signed. */
export type PublishedHead = { size: number; root: string; note: string; at: string }

/** Inclusion of one fact in the newest checkpoint; everything a browser needs to check it. */
export type FactProof = {
  index: number
  head: PublishedHead
  /** From the leaf upwards; `side` says on which side the hash stands, `covers` of how many facts. */
  path: { hash: string; side: 'left' | 'right'; covers: number }[]
}

export type FactView = {
  row: LogRow
  disclosures: Disclosure[]
  /** What else was recorded in the same transaction. */
  same: LogRow[]
  /** Null until a checkpoint covers the fact. */
  proof: FactProof | null
}

/** One fact with its private values, its proof and its siblings. Throws `not_found` outside scope. */
export async function getFact(id: string, scope: Scope): Promise<FactView> {
  const places = sql.join(
    scope.departments.map((department) => sql`${department}`),
    sql`, `,
  )
  const visible = scope.everywhere
    ? sql`true`
    : scope.departments.length === 0
      ? sql`false`
      : sql`e.dept_id in (${places})`
  // Index: event primary key, entry_event.
  const [stored] = await db().execute<Parameters<typeof toRow>[0]>(sql`
    select ${ROW_COLUMNS} from audit.event e left join audit.entry n on n.event_id = e.id
    where e.id = ${id} and ${visible}`)
  if (!stored) return notFound('This fact')
  const row = toRow(stored)
  const [disclosures, same, proof] = await Promise.all([
    readDisclosures(row),
    // Index: event_at. Facts of one transaction carry the same time.
    db().execute<Parameters<typeof toRow>[0]>(sql`
      select ${ROW_COLUMNS}
      from audit.event x join audit.event e on e.at = x.at and e.tx = x.tx and e.id <> x.id
      left join audit.entry n on n.event_id = e.id
      where x.id = ${id} and ${visible} order by n.seq, e.id limit 100`),
    row.seq === null ? null : proofOf(row.seq),
  ])
  return { row, disclosures, same: same.map(toRow), proof }
}

/** The id of the fact with this number. Index: entry primary key. */
export async function factAt(seq: number): Promise<string | null> {
  const [row] = await db().execute<{ id: string }>(sql`
    select event_id as id from audit.entry where seq = ${seq}`)
  return row?.id ?? null
}

async function readDisclosures({ id, leaf }: LogRow): Promise<Disclosure[]> {
  // Index: private primary key.
  const rows = await db().execute<{ ord: number; path: string; salt: string; value: string }>(sql`
    select ord, path, encode(salt, 'hex') as salt, value from audit.private
    where event_id = ${id} order by path`)
  return rows.map(({ ord, path, salt, value: text }) => {
    const value = JSON.parse(text) as CanonicalValue
    return { path, value, salt, intact: leaf.p[ord] === commit({ salt, path, value }) }
  })
}

/** The newest checkpoint. Index: tree_head primary key. */
async function newestHead(): Promise<PublishedHead | null> {
  const [row] = await db().execute<{ size: string; root: string; note: string; at: string }>(sql`
    select size, encode(root, 'hex') as root, note, created_at as at
    from audit.tree_head order by id desc limit 1`)
  return row ? { ...row, size: Number(row.size), at: new Date(row.at).toISOString() } : null
}

async function proofOf(index: number): Promise<FactProof | null> {
  const head = await newestHead()
  if (!head || head.size <= index) return null
  const at = { index, size: head.size }
  const plan = planInclusion(at)
  const [hashes, sides] = [await readProof(rawSql(), plan), inclusionSides(at)]
  const path = hashes.map((hash, i) => ({
    hash: hash.toString('hex'),
    side: sides[i] ?? 'left',
    covers: (plan[i] ?? []).reduce((sum, node) => sum + 2 ** node.level, 0),
  }))
  return { index, head, path }
}

export type GrowthProof = { first: number; head: PublishedHead; path: string[] }

/**
 * Shows whoever kept a head of `first` facts that the newest checkpoint only added to it (hashes
 * hex, in the order of RFC 9162). Null when no checkpoint is that large: then something is wrong.
 */
export async function growthProof(first: number): Promise<GrowthProof | null> {
  const head = await newestHead()
  if (!head || first > head.size) return null
  const path = await readProof(rawSql(), planConsistency({ first, second: head.size }))
  return { first, head, path: path.map((hash) => hash.toString('hex')) }
}
