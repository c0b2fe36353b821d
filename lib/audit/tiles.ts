import type { ISql } from 'postgres'
import { entriesOf, foldPerfect, foldPlan, type Node, type Plan } from './proofs'

/** Anything that can run a query: a client, or a transaction of one. */
export type Reader = ISql

/** An array as one text parameter: the driver need not know the element type. */
export function list(values: readonly (number | string)[]): string {
  return `{${values.join()}}`
}

/**
 * Hashes of perfect subtrees, in the order asked for, in one round trip. Below level 8 they are
 * folded from entries, above from the roots of full tiles; never more than 128 rows for a node.
 * Throws when a stored hash is missing.
 */
export async function readNodes(sql: Reader, nodes: readonly Node[]): Promise<Buffer[]> {
  if (nodes.length === 0) return []
  const runs = nodes.map(entriesOf)
  // Indexes: primary keys of entry (seq) and tile (level, idx).
  const rows = await sql<{ hashes: Buffer | null }[]>`
    select case when r.level = 0
      then (select string_agg(e.leaf_hash, ''::bytea order by e.seq) from audit.entry e
            where e.seq >= r.first and e.seq < r.first + r.count)
      else (select string_agg(t.root, ''::bytea order by t.idx) from audit.tile t
            where t.level = r.level - 1 and t.idx >= r.first and t.idx < r.first + r.count)
      end as hashes
    from unnest(${list(runs.map((r) => r.level))}::text::int[],
                ${list(runs.map((r) => r.first))}::text::bigint[],
                ${list(runs.map((r) => r.count))}::text::bigint[])
      with ordinality as r (level, first, count, ord)
    order by r.ord`
  return runs.map((run, i) => {
    const hashes = rows[i]?.hashes
    if (hashes?.length !== run.count * 32) {
      throw new RangeError(`A hash of the tree is missing (tile level ${run.level}, ${run.first}).`)
    }
    return foldPerfect(hashes)
  })
}

/** Reads what a proof is made of, and makes it. */
export async function readProof(sql: Reader, plan: Plan): Promise<Buffer[]> {
  return foldPlan(plan, await readNodes(sql, plan.flat()))
}

/** Leaf hashes of `[from, to)` laid end to end. Throws when one of them is missing. */
export async function readLeafHashes(
  sql: Reader,
  range: { from: number; to: number },
): Promise<Buffer> {
  if (range.to <= range.from) return Buffer.alloc(0)
  // Index: entry primary key. One value instead of thousands of rows.
  const [row] = await sql<{ hashes: Buffer | null }[]>`
    select string_agg(leaf_hash, ''::bytea order by seq) as hashes
    from audit.entry where seq >= ${range.from} and seq < ${range.to}`
  const hashes = row?.hashes ?? Buffer.alloc(0)
  if (hashes.length !== (range.to - range.from) * 32) {
    throw new RangeError(`Entries ${range.from} to ${range.to - 1} are not all there.`)
  }
  return hashes
}
