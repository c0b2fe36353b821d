import 'server-only'
import type { Sql, TransactionSql } from 'postgres'
import { openCheckpoint } from './checkpoint'
import { type Finding, type Ledger, makeLedger, type Pin, type VerifyReport } from './report'
import { type LeafScan, scanLeaves } from './verify-leaves'
import { checkDisclosures, checkRows, checkTies } from './verify-rows'
import {
  buildTree,
  checkHeads,
  checkPins,
  checkState,
  checkTiles,
  type Head,
  readHeads,
  type State,
  type Tree,
} from './verify-tree'

export type VerifyInput = {
  sql: Sql
  /** Verifier key that the caller trusts; null leaves signatures unchecked, and says so. */
  vkey: string | null
  /** Heads that somebody kept outside the database. */
  pins?: readonly Pin[]
  /** The newest note in the data folder, as text. */
  highWater?: string | null
}

/** Signatures of this many newest heads are checked; the roots of all of them are. */
const SIGNED_HEADS = 1_000

/**
 * Checks the whole log in one snapshot: every fact is hashed again from its bytes, the tree built
 * again, every checkpoint and every pin found on it, private values compared with their
 * commitments, governed rows with their facts. Reads only. What it cannot know is in `notChecked`:
 * without a head from outside, a cleanly rewound log looks whole, so the verdict is `inconclusive`.
 */
export async function verifyDatabase(input: VerifyInput): Promise<VerifyReport> {
  const started = performance.now()
  const ledger = makeLedger()
  let outcome: { tree: Tree; scan: LeafScan; pinned: boolean; milliseconds: number } | undefined
  await input.sql.begin('isolation level repeatable read read only', async (tx) => {
    await tx`select set_config('statement_timeout', '0', true), set_config('work_mem', '256MB', true),
      set_config('idle_in_transaction_session_timeout', '0', true)`
    outcome = await verifyTree(tx, input, ledger)
    await verifyRows(tx, outcome.scan, ledger)
  })
  if (!outcome) throw new Error('The verification did not run.')
  const { tree, scan, pinned, milliseconds } = outcome
  if (!pinned) ledger.skip('A rewind: no head from outside the database was given to compare with.')
  ledger.skip('Facts that were never written, and whether what was written is true.')
  const tampered = ledger.findings.length > 0
  const verdict = tampered ? 'tampered' : pinned ? 'verified' : 'inconclusive'
  return {
    verdict,
    sentence: sentenceFor(verdict, scan.entries, ledger.findings),
    size: scan.entries,
    root: tree.size === scan.entries ? tree.root.toString('hex') : null,
    steps: ledger.steps,
    findings: ledger.findings,
    notChecked: ledger.notChecked,
    rowsPerSecond: Math.round((scan.events / Math.max(milliseconds, 1)) * 1_000),
    milliseconds: Math.round(performance.now() - started),
  }
}

async function verifyTree(tx: TransactionSql, input: VerifyInput, ledger: Ledger) {
  const state = await readState(tx)
  const heads = await readHeads(tx, SIGNED_HEADS)
  const pins = [...(input.pins ?? []), ...openHighWater(input, state, ledger)]
  const scan = await scanLeaves(tx, state.size)
  const speed = `${Math.round(scan.events / Math.max(scan.milliseconds / 1_000, 0.001))} a second`
  ledger.step(
    'facts',
    scan.findings,
    `${scan.events} facts hashed again from their bytes, ${speed}.`,
  )
  const started = performance.now()
  const sizes = new Set([...heads, ...pins].map((head) => head.size))
  const tree = buildTree(scan.hashes, sizes)
  const milliseconds = scan.milliseconds + performance.now() - started
  ledger.step(
    'state',
    checkState(state, tree, scan.entries),
    `The root of ${scan.entries} entries is ${tree.root.toString('hex')}.`,
  )
  ledger.step('tiles', await checkTiles(tx, tree, scan.hashes), 'Every full tile is as it must be.')
  verifyHeads({ heads, tree, input }, ledger)
  const found = checkPins(pins, { tree, entries: scan.entries, heads })
  if (pins.length > 0) {
    const names = pins.map((pin) => `${pin.from} (${pin.size})`).join(', ')
    ledger.step('pins', found, `The log contains what was seen by ${names}.`)
  }
  return { tree, scan, milliseconds, pinned: pins.length > 0 }
}

function verifyHeads(
  { heads, tree, input }: { heads: readonly Head[]; tree: Tree; input: VerifyInput },
  ledger: Ledger,
): void {
  const { vkey } = input
  const signed = vkey === null ? heads.map((head) => ({ ...head, signed: false })) : heads
  const well = `${heads.length} checkpoints lie on this log.`
  ledger.step('checkpoints', checkHeads(signed, tree, vkey ?? ''), well)
  if (vkey === null) ledger.skip('Signatures of checkpoints: no verifier key was given.')
  else if (heads.length > SIGNED_HEADS) {
    ledger.skip(`Signatures of all but the newest ${SIGNED_HEADS} checkpoints; their roots were.`)
  }
}

async function verifyRows(tx: TransactionSql, scan: LeafScan, ledger: Ledger): Promise<void> {
  const disclosures = await checkDisclosures(tx, scan.commitments)
  ledger.step(
    'private values',
    disclosures.findings,
    `${disclosures.count} private values are those that were committed to.`,
  )
  const ties = await checkTies(tx)
  ledger.step(
    'ties',
    ties.findings,
    `Every row of ${ties.tables} governed tables names a fact, and every guard is on.`,
  )
  ledger.step('rows', await checkRows(tx), 'The rows say what their facts say.')
}

async function readState(tx: TransactionSql): Promise<State> {
  const [row] = await tx<{ origin: string; size: string; root: Buffer; frontier: Buffer }[]>`
    select origin, size, root, frontier from audit.tree_state`
  if (!row) throw new Error('The audit log has no state row: the database was not migrated.')
  return { ...row, size: Number(row.size) }
}

/** The note in the data folder is a pin, if it is signed by the key of this log. */
function openHighWater({ highWater, vkey }: VerifyInput, state: State, ledger: Ledger): Pin[] {
  if (!highWater || vkey === null) return []
  const found: Finding[] = []
  const pins: Pin[] = []
  try {
    const { origin, size, root } = openCheckpoint(highWater, vkey)
    pins.push({ size, root, from: 'the data folder' })
    if (origin !== state.origin) {
      found.push({ code: 'FORK', sentence: `The data folder belongs to ${origin}.` })
    }
  } catch (error) {
    const { message } = error as Error
    found.push({ code: 'NOTE_SIGNATURE', sentence: `checkpoint.note: ${message}` })
  }
  ledger.step('data folder', found, 'The newest note outside the database is signed by this key.')
  return pins
}

function sentenceFor(
  verdict: VerifyReport['verdict'],
  size: number,
  findings: readonly Finding[],
): string {
  if (verdict === 'tampered') {
    const codes = [...new Set(findings.map((finding) => finding.code))].join(', ')
    return `The log or the rows it governs were changed: ${codes}.`
  }
  return verdict === 'verified'
    ? `Complete at ${size} facts, and the same log that was seen from outside.`
    : `Nothing is wrong at ${size} facts, but nothing from outside was there to compare with.`
}
