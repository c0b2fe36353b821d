import { Reader } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import { PartError } from '@/components/ui/empty'
import { SectionHead } from '@/components/ui/section'
import type { Clock } from '@/components/ui/time-words'
import { VersionLine } from '@/components/ui/version-line'
import type { Assignable } from '@/lib/agents/queries/assignable'
import type { AgentPage } from '@/lib/agents/queries/page'
import type { Finding } from '@/lib/constitution/model'
import type { RunRow } from '@/lib/runs/queries/list'
import { findingKey } from '../finding-key'
import { counted } from '../marks'
import { OpenDraft } from '../open-draft'
import { CapabilityTable } from './capabilities'
import { FindingList } from './finding-list'
import { AgentRail } from './rail'
import { versionStops } from './stops'

/** Where the editor applies one fix: it finds the finding again by rule and message. */
function fixHref(slug: string, finding: Finding): string {
  return `/agents/${slug}/edit?fix=${encodeURIComponent(findingKey(finding))}`
}

function Fix(props: { page: AgentPage; finding: Finding; mayEdit: boolean }) {
  const { page, finding } = props
  const { facts, draft } = page
  if (!finding.fix || !props.mayEdit) return null
  const to = fixHref(facts.slug, finding)
  return draft ? (
    <ButtonLink href={to} size="small">
      {finding.fix.label}
    </ButtonLink>
  ) : (
    <OpenDraft agentId={facts.id} to={to} size="small">
      {finding.fix.label}
    </OpenDraft>
  )
}

function Findings(props: { page: AgentPage; mayEdit: boolean; constitution: string }) {
  const { page } = props
  const { facts, check, pending } = page
  const on = facts.liveNumber ?? 'the draft'
  if (!check) {
    return (
      <PartError title="The findings could not be read.">
        The bytes of this definition are missing from the store. Run the integrity check.
      </PartError>
    )
  }
  const still = new Set(pending?.check?.findings.map(findingKey) ?? [])
  const fixed = new Set(
    pending?.check ? check.findings.map(findingKey).filter((key) => !still.has(key)) : [],
  )
  const fixes = fixed.size === 1 ? '1 is fixed' : `${fixed.size} are fixed`
  return (
    <section aria-label="Findings" className="pt-6">
      <SectionHead
        title={`Findings on ${on}`}
        remark={`${check.findings.length} open, constitution ${props.constitution}`}
        aside={fixed.size > 0 && pending ? `${fixes} in draft ${pending.number}` : null}
      />
      {check.findings.length === 0 ? (
        <p className="border-b border-line py-2 text-ink-2">
          None. Every rule of the constitution holds for these bytes.
        </p>
      ) : (
        <FindingList
          findings={check.findings}
          standingOf={(finding) => ({
            fixed: fixed.has(findingKey(finding)),
            waived: null,
            action: <Fix page={page} finding={finding} mayEdit={props.mayEdit} />,
          })}
        />
      )}
    </section>
  )
}

/** The record of one agent: its versions on one line, what is found, what it may do. */
export function RecordScreen(props: {
  page: AgentPage
  /** The newest runs of this agent. */
  runs: readonly RunRow[]
  assignable: Assignable | null
  clock: Clock
  mayEdit: boolean
  constitution: string
}) {
  const { page, clock } = props
  const { facts, check } = page
  return (
    <Reader
      rail={<AgentRail page={page} runs={props.runs} assignable={props.assignable} clock={clock} />}
      railLabel="Facts about the agent"
      railWidth="object"
    >
      <VersionLine
        label={`Versions of ${facts.slug}`}
        stops={versionStops(page, clock)}
        allHref={`/agents/${facts.slug}/versions`}
      />
      <Findings page={page} mayEdit={props.mayEdit} constitution={props.constitution} />
      {check ? (
        <section aria-label="Capabilities" className="pt-6">
          <SectionHead
            title="Capabilities"
            remark="what these bytes let it do"
            aside={counted(check.capabilities.tools.length, 'tool')}
            rule={false}
          />
          <CapabilityTable
            capabilities={check.capabilities}
            definitionHref={`/agents/${facts.slug}/definition?view=raw`}
          />
        </section>
      ) : null}
    </Reader>
  )
}
