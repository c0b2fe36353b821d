import { Reader } from '@/components/shell/panes'
import { SectionHead } from '@/components/ui/section'
import type { Clock } from '@/components/ui/time-words'
import { VersionLine } from '@/components/ui/version-line'
import type { Around } from '@/lib/agents/queries/around'
import type { Assignable } from '@/lib/agents/queries/assignable'
import type { AgentPage } from '@/lib/agents/queries/page'
import type { PrincipleLine } from '@/lib/agents/queries/principles'
import type { ToolFact } from '@/lib/definition/model'
import type { RunRow } from '@/lib/runs/queries/list'
import { counted } from '../marks'
import { CapabilityTable } from './capabilities'
import { capabilityRows } from './capability-rows'
import { FindingList } from './finding-list'
import { Findings } from './findings'
import { Principles } from './principles'
import { AgentRail } from './rail'
import { versionStops } from './stops'

/** The record of one agent: its versions on one line, what is found, what it may do. */
export function RecordScreen(props: {
  page: AgentPage
  around: Around
  /** Null for a file that rests on no constitution. */
  principles: readonly PrincipleLine[] | null
  /** The newest runs of this agent. */
  runs: readonly RunRow[]
  assignable: Assignable | null
  clock: Clock
  reader: { mayEdit: boolean; mayExcuse: boolean }
  constitution: { label: string; tools: readonly ToolFact[] }
}) {
  const { page, around, clock, constitution } = props
  const { facts, check } = page
  const raw = `/agents/${facts.slug}/definition?view=raw`
  const powers = check
    ? capabilityRows(check.capabilities, { tools: constitution.tools, helpers: around.helpers })
    : []
  return (
    <Reader
      rail={
        <AgentRail
          page={page}
          around={around}
          runs={props.runs}
          assignable={props.assignable}
          clock={clock}
        />
      }
      railLabel="Facts about the agent"
      railWidth="object"
    >
      <VersionLine
        label={`Versions of ${facts.slug}`}
        stops={versionStops(page, clock)}
        allHref={`/agents/${facts.slug}/versions`}
      />
      <Findings
        page={page}
        around={around}
        reader={props.reader}
        constitution={constitution.label}
        clock={clock}
      />
      {around.between.length > 0 ? (
        <section aria-label="Between files" className="pt-6">
          <SectionHead
            title="Between files"
            remark="what its neighbours in the catalog make of it; stops nothing by itself"
          />
          <FindingList
            findings={around.between}
            standingOf={() => ({ fixed: false, waived: null, action: null })}
          />
        </section>
      ) : null}
      {check ? (
        <section aria-label="Capabilities" className="pt-6">
          <SectionHead
            title="Capabilities"
            remark="what these bytes let it do, and from where"
            aside={counted(powers.filter((one) => one.source.is !== 'denied').length, 'power')}
            rule={false}
          />
          <CapabilityTable powers={powers} definitionHref={raw} />
        </section>
      ) : null}
      {props.principles ? (
        <Principles
          lines={props.principles}
          constitution={constitution.label}
          definitionHref={raw}
          clock={clock}
        />
      ) : null}
    </Reader>
  )
}
