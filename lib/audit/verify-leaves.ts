import 'server-only'
import type { TransactionSql } from 'postgres'
import { copyReader } from './copy-stream'
import { leafHash } from './leaf'
import { type Finding, summarise } from './report'

/** Every entry's leaf hash by sequence number, and what was wrong on the way. */
export type LeafScan = {
  /** Entries found, whatever their numbers. */
  entries: number
  /** Facts read and hashed. */
  events: number
  /** Commitments to private values that those facts hold. */
  commitments: number
  /** Leaf hashes laid end to end, up to the first gap. */
  hashes: Buffer
  findings: Finding[]
  milliseconds: number
}

/**
 * The columns beside the leaf, spelled as they stand in canonical JSON and looked for in its bytes:
 * three times cheaper than parsing. Spelled with the separator before them, which is rarer than a
 * quote. What the short form does not cover (a fact on somebody's behalf) is parsed.
 */
const COPIES_AGREE = `/* o.at: where the leaf goes on after the id of its first target */
  position(convert_to('{"act":"' || v.action || '","actor":{"id":"' || v.actor_id || '"', 'UTF8')
    in v.leaf) = 1
  and position(convert_to(',"t":"' || v.actor_type || '","via":', 'UTF8') in v.leaf) > 0
  and (position(convert_to(',"dept":' || coalesce('"' || v.dept_id || '"', 'null') || ',"id":"'
      || v.id || '","log":"' || s.origin || '","obo":null,"org":null,"out":"' || v.outcome
      || '","p":[', 'UTF8') in v.leaf) > 0
    or (body(v.leaf) ->> 'dept') is not distinct from v.dept_id
      and body(v.leaf) ->> 'id' = v.id::text and body(v.leaf) ->> 'out' = v.outcome)
  and case when v.target_id is null
    then v.target_type is null and position(',"tgt":[]'::bytea in v.leaf) > 0
    else substring(v.leaf from o.at for octet_length(v.target_type) + 7)
        = convert_to(',"t":"' || v.target_type || '"', 'UTF8')
      or substring(v.leaf from o.at for 11) = ',"sha256":"'::bytea
        and substring(v.leaf from o.at + 75 for octet_length(v.target_type) + 8)
          = convert_to('","t":"' || v.target_type || '"', 'UTF8') end
  and case when v.agent_id is not null
    then position(convert_to('{"id":"' || v.agent_id || '"', 'UTF8') in v.leaf) > 0
    else position(',"t":"agent"'::bytea in v.leaf) = 0
      or not jsonb_path_exists(body(v.leaf), '$.tgt[*] ? (@.t == "agent")') end
  and substring(v.leaf from octet_length(v.leaf) - 41) = convert_to(',"ts":"'
    || to_char(v.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || 'Z","v":1}', 'UTF8')
`.replaceAll('body(v.leaf)', `convert_from(v.leaf, 'UTF8')::jsonb`)

/** A stored number and hash, and the fact they belong to; either side may be missing. The id is
 * needed only for facts without a number. */
const SCAN = `copy (
  select e.seq, coalesce(e.leaf_hash, v.leaf_hash), v.leaf, case when e.seq is null then v.id end,
    (e.leaf_hash = v.leaf_hash) is not false and (${COPIES_AGREE})
  from (audit.event v cross join audit.tree_state s cross join lateral (
    select nullif(position(convert_to(',"tgt":[{"id":"' || v.target_id || '"', 'UTF8') in v.leaf), 0)
      + 16 + octet_length(v.target_id) as at) o)
  full join audit.entry e on e.event_id = v.id
) to stdout (format binary)`

const MOST_KEPT = 10_000

/**
 * Reads every fact once, as bytes, and hashes it. Needs 32 bytes of memory per entry. Runs inside
 * the caller's snapshot; the order in which rows arrive does not matter.
 */
export async function scanLeaves(tx: TransactionSql, expected: number): Promise<LeafScan> {
  const started = performance.now()
  const seen = makeSeen(expected)
  const wrong = { hash: [], copy: [], event: [], loose: [] } as Record<string, string[]>
  const note = (kind: keyof typeof wrong, place: string) => {
    const list = wrong[kind] ?? []
    if (list.length < MOST_KEPT) list.push(place)
  }
  let events = 0
  let commitments = 0
  const reader = copyReader()
  const onTuple = ([seq, stored, leaf, id, agree]: (Buffer | null)[]) => {
    if (!stored) return
    if (seq) seen.put(number(seq), stored)
    if (!leaf) {
      if (seq) note('event', `entry ${number(seq)}`)
      return
    }
    events += 1
    const place = () => (seq ? `entry ${number(seq)}` : uuid(id))
    if (!leafHash(leaf).equals(stored)) note('hash', place())
    commitments += commitmentsOf(leaf).length / COMMITMENT
    if (agree?.[0] !== 1) note('copy', place())
    if (!seq) note('loose', uuid(id))
  }
  const stream = await tx.unsafe(SCAN).readable()
  for await (const chunk of stream) reader.push(chunk as Buffer, onTuple)
  reader.end()
  // The driver pauses its socket when the last rows fill the stream's buffer, and forgets about it.
  stream._read(0)
  const milliseconds = performance.now() - started
  const findings = [
    ...summarise('EVENT_MISSING', wrong.event ?? [], 'Facts are gone'),
    ...summarise('LEAF_HASH', wrong.hash ?? [], 'The bytes changed'),
    ...summarise('LEAF_COPY', wrong.copy ?? [], 'The columns beside the fact changed'),
    ...seen.gaps(),
    ...(await limbo(tx, wrong.loose ?? [])),
  ]
  return {
    entries: seen.count(),
    events,
    commitments,
    hashes: seen.hashes(),
    findings,
    milliseconds,
  }
}

/** Bytes that one commitment takes in the list: 64 digits, two quotes, a comma. */
export const COMMITMENT = 67
const LIST = Buffer.from('"p":[')

/** The list `p` of a leaf as it stands in its bytes, with a comma after each commitment. */
export function commitmentsOf(leaf: Buffer): Buffer {
  const start = leaf.lastIndexOf(LIST) + LIST.length
  const end = leaf.indexOf(']', start)
  return end <= start ? leaf.subarray(0, 0) : leaf.subarray(start, end + 1)
}

/** Facts without a number that do not wait for one either. */
async function limbo(tx: TransactionSql, loose: readonly string[]): Promise<Finding[]> {
  if (loose.length === 0) return []
  const rows = await tx<{ id: string }[]>`
    select w.id from unnest(${`{${loose.join()}}`}::text::uuid[]) as w (id)
    where not exists (select from audit.pending p where p.event_id = w.id)`
  return summarise(
    'LIMBO_EVENT',
    rows.map((row) => row.id),
    'Facts were never handed to the sequencer',
  )
}

function makeSeen(expected: number) {
  let hashes = Buffer.alloc(Math.max(expected, 1024) * 32)
  let present = new Uint8Array(Math.max(expected, 1024))
  let count = 0
  let highest = -1
  const grow = () => {
    hashes = Buffer.concat([hashes, Buffer.alloc(hashes.length)])
    const wider = new Uint8Array(present.length * 2)
    wider.set(present)
    present = wider
  }
  const unbroken = () => {
    const hole = present.subarray(0, highest + 1).indexOf(0)
    return hole === -1 ? highest + 1 : hole
  }
  return {
    put(seq: number, hash: Buffer): void {
      count += 1
      // A number far beyond the others is a gap; it must not make this process run out of memory.
      if (seq < 0 || seq > expected * 2 + 1_000_000) return
      while (seq >= present.length) grow()
      hashes.set(hash, seq * 32)
      present[seq] = 1
      highest = Math.max(highest, seq)
    },
    count: () => count,
    hashes: () => hashes.subarray(0, unbroken() * 32),
    gaps: (): Finding[] => {
      const upTo = unbroken()
      if (upTo === count) return []
      const sentence = `${upTo} entries are numbered without a gap, ${count} exist.`
      return [{ code: 'GAP', sentence }]
    },
  }
}

function number(bytes: Buffer): number {
  return bytes.readInt32BE(0) * 2 ** 32 + bytes.readUInt32BE(4)
}

function uuid(bytes: Buffer | null | undefined): string {
  const hex = bytes?.toString('hex') ?? ''
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
