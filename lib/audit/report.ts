import type { Checkpoint } from './checkpoint'

/** What can be wrong with a log. The names are stable: programs read them. */
export const FINDING_CODES = {
  NOTE_SIGNATURE: 'a checkpoint is not signed by the key of this log',
  HEAD: 'a published checkpoint does not say what its note says',
  LEAF_HASH: 'the bytes of a fact are not those that were sequenced',
  LEAF_COPY: 'the columns beside a fact do not say what the fact says',
  EVENT_MISSING: 'a sequenced fact is gone',
  GAP: 'numbers are missing in the log',
  STATE: 'the state of the tree does not fit its entries',
  ROOT: 'the root does not follow from the entries',
  TILE: 'a stored tile does not hold the hashes of its entries',
  TRUNCATED_BELOW_PIN: 'the log is shorter than it once was',
  FORK: 'the log is another one than it once was',
  LIMBO_EVENT: 'a fact was never handed to the sequencer',
  DISCLOSURE: 'a private value is not the one that the fact commits to',
  TIE: 'a governed row names a fact that does not exist',
  ROW_CHANGED: 'a row changed behind the back of the log',
} as const
export type FindingCode = keyof typeof FINDING_CODES

export type Finding = { code: FindingCode; sentence: string }

/** One line of the report: what was looked at, and what came of it. */
export type Step = { name: string; ok: boolean; line: string }

/** `inconclusive`: nothing is wrong, but nothing outside the database was there to compare with. */
export type Verdict = 'verified' | 'tampered' | 'inconclusive'

export type VerifyReport = {
  verdict: Verdict
  /** The verdict in a sentence for people. */
  sentence: string
  size: number
  /** Root of the entries, hex; null when they have a gap. */
  root: string | null
  steps: Step[]
  findings: Finding[]
  notChecked: string[]
  /** Facts read and hashed per second, and the whole time in milliseconds. */
  rowsPerSecond: number
  milliseconds: number
}

/** A head that somebody kept outside the database. `from` says who: it goes into sentences. */
export type Pin = Pick<Checkpoint, 'size' | 'root'> & { from: string }

/** Findings of one kind beyond this many are counted, not listed. */
const LISTED = 5

/** Collects findings while steps run, and turns them into lines. */
export function makeLedger() {
  const steps: Step[] = []
  const findings: Finding[] = []
  const notChecked: string[] = []
  return {
    steps,
    findings,
    notChecked,
    /** Ends a step: its findings, or the line that says what is well. */
    step(name: string, found: readonly Finding[], well: string): void {
      findings.push(...found)
      const line = found.length === 0 ? well : found.map((f) => `${f.code} ${f.sentence}`).join(' ')
      steps.push({ name, ok: found.length === 0, line })
    },
    skip(what: string): void {
      notChecked.push(what)
    },
  }
}
export type Ledger = ReturnType<typeof makeLedger>

/** One finding for many places: the first few are named, the rest counted. */
export function summarise(code: FindingCode, places: readonly string[], what: string): Finding[] {
  if (places.length === 0) return []
  const named = places.slice(0, LISTED).join(', ')
  const more = places.length > LISTED ? ` and ${places.length - LISTED} more` : ''
  return [{ code, sentence: `${what}: ${named}${more}.` }]
}
