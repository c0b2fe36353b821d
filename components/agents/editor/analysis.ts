import { ruleFor } from '@/lib/approvals/rules'
import { checkDefinition } from '@/lib/constitution/check'
import {
  type Finding,
  proposalFacts,
  type RuleContext,
  stopsPublishing,
} from '@/lib/constitution/model'
import { mandateFindings } from '@/lib/constitution/rules/mandate-weakened'
import { type Excuse, excuseFor } from '@/lib/constitution/waivers'
import type { Digest } from '@/lib/core/digest'
import { capabilitiesOf, riskOf } from '@/lib/definition/capabilities'
import type {
  Capabilities,
  CapabilityChange,
  CapabilityRow,
  Definition,
  DefinitionContent,
  Risk,
} from '@/lib/definition/model'
import { readDefinition } from '@/lib/definition/read'
import { compareDefinitions, nextVersion } from '@/lib/definition/widening'

/** What the editor knows besides the text; the same that the server checks with. */
export type EditorContext = {
  fileName: string
  rules: RuleContext
  live: { number: string; content: DefinitionContent } | null
  numbers: { published: readonly string[]; claimed: readonly string[] }
  /** Waivers in force: what they cover is shown, and stops nothing. */
  excuses: readonly Excuse[]
}

export type Analysis = {
  bytes: Uint8Array<ArrayBuffer>
  content: DefinitionContent
  findings: Finding[]
  /** Findings that a waiver covers, with its last day. */
  excused: ReadonlyMap<Finding, string>
  /** What must go before a proposal: blocking findings and errors that nothing excuses. */
  stops: number
  warnings: number
  capabilities: Capabilities
  risk: Risk
  change: CapabilityChange
  /** The number that the next version would get. */
  number: string
  /** How many people would have to agree. */
  quorum: number
  /** False when the bytes are those of the live version. */
  differs: boolean
}

/** The rules compare identity by digest; in the browser equal texts stand for equal digests. */
function identified(content: DefinitionContent, name: 'live' | 'edited'): Definition {
  return { ...content, digest: name as unknown as Digest }
}

/** Everything the screen says about the bytes, by the same pure functions as the server's. */
export function analyse(bytes: Uint8Array<ArrayBuffer>, context: EditorContext): Analysis {
  const path = { path: context.fileName }
  const content = readDefinition(bytes, path)
  const before = context.live?.content ?? null
  const differs =
    before === null || before.text !== content.text || before.encoding !== content.encoding
  const capabilities = capabilitiesOf(content)
  const risk = riskOf(capabilities)
  const checked = checkDefinition(content, context.rules)
  // A lost mandate is never excused: it is no finding of the text but of the change.
  const excused = excusedOf(checked, context.excuses)
  const findings = [...mandateFindings(before, content, context.rules.constitution), ...checked]
  const open = findings.filter((one) => !excused.has(one))
  const change = compareDefinitions(
    before ? identified(before, 'live') : null,
    identified(content, differs ? 'edited' : 'live'),
  )
  const { published, claimed } = context.numbers
  return {
    bytes,
    content,
    findings,
    excused,
    stops: open.filter((one) => isStop(one)).length,
    warnings: open.filter((one) => one.severity === 'warning').length,
    capabilities,
    risk,
    change,
    number: nextVersion(published, claimed, change.bump),
    quorum: ruleFor(
      { approvals: context.rules.constitution.approvals, version: 0 },
      proposalFacts({
        ...{ before, after: content, change },
        department: context.rules.department,
      }),
    ).quorum,
    differs,
  }
}

function excusedOf(findings: readonly Finding[], excuses: readonly Excuse[]) {
  return new Map(
    findings.flatMap((finding): [Finding, string][] => {
      const excuse = excuseFor(finding, excuses)
      return excuse === null ? [] : [[finding, excuse.endsOn]]
    }),
  )
}

export function isStop(finding: Finding): boolean {
  return stopsPublishing(finding)
}

/** Rows that let the agent do more in a way that somebody has to think about. */
export function wideningRows(change: CapabilityChange): CapabilityRow[] {
  return change.rows.filter((row) => row.direction === 'widens' && row.risk !== 'low')
}

/** How the comparison calls the power that a missing tool list gives. */
const ALL_TOOLS = 'all tools'

/** "WebSearch reads the open web", "Bash runs any command and Write creates files". */
export function wideningWords(rows: readonly CapabilityRow[]): string {
  const told = rows
    .slice(0, 3)
    .map((row) => (row.name === ALL_TOOLS ? `it ${row.meaning}` : `${row.name} ${row.meaning}`))
  const rest = rows.length - told.length
  const words =
    told.length < 2 ? told.join('') : `${told.slice(0, -1).join(', ')} and ${told.at(-1)}`
  return rest > 0 ? `${told.join(', ')} and ${rest} more` : words
}

/** Where the strip about widening stands: after the line that grants, else after the front matter. */
export function wideningLine(content: DefinitionContent): number {
  const tools = content.fields.find((field) => field.key === 'tools')
  return tools?.range.endLine ?? content.frontmatter?.range.endLine ?? 1
}

/** Who has to agree, in words: "2 of Ines Kowalczyk, Mara Lindqvist". */
export function approvalWords(quorum: number, approvers: readonly string[]): string {
  if (approvers.length === 0) return 'Nobody may approve it yet. Ask an administrator.'
  const shown = approvers.slice(0, 3).join(', ')
  if (approvers.length < quorum) {
    return `${quorum} approvals, but only ${shown} may give one. Ask an administrator.`
  }
  const rest = approvers.length > 3 ? ` or ${approvers.length - 3} more` : ''
  return `${quorum === 1 ? '1 approval' : `${quorum} approvals`}: ${shown}${rest}`
}
