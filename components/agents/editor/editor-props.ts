import type { DraftView, ProposalView } from '@/lib/agents/queries/page'
import type { RuleContext } from '@/lib/constitution/model'
import type { Excuse } from '@/lib/constitution/waivers'
import type { ToolFact } from '@/lib/definition/model'

/** What the server hands to the editor. Plain data; bytes travel as base64. */
export type EditorProps = {
  agent: { id: string; slug: string; fileName: string }
  draft: DraftView | null
  bytes: string
  live: { id: string; number: string; digest: string; bytes: string } | null
  /** The version that the draft was opened from, when another one went live since. */
  outdated: { number: string; bytes: string } | null
  proposal: ProposalView | null
  numbers: { published: string[]; claimed: string[] }
  approvers: string[]
  whyNotEdit: string | null
  /** The reader's own id: only an author withdraws. */
  readerId: string
  rules: RuleContext
  tools: readonly ToolFact[]
  models: readonly { name: string; title: string }[]
  /** Waivers in force for this agent; what they cover is shown and stops nothing. */
  excuses: readonly Excuse[]
  /** Nonce of this answer's policy, for the styles that the editor writes. */
  nonce: string
  /** Key of a finding whose fix is applied on opening. */
  fix: string | null
}
