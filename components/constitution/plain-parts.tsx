import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { Table, Td, Tr } from '@/components/ui/table'
import type { ConstitutionView } from '@/lib/agents/queries/constitution'
import { RISK_TIERS } from '@/lib/definition/model'
import { isEditable } from './part-table'
import { ReviewsEditor, SectionsEditor } from './plain-editors'

/** How often an agent is reviewed, by its risk. */
export function ReviewsScreen({ view }: { view: ConstitutionView }) {
  const { reviews } = view.content
  const { draft } = view
  if (draft && isEditable(view)) {
    return <ReviewsEditor reviews={reviews} draft={{ id: draft.id, revision: draft.revision }} />
  }
  return (
    <div className="max-w-[560px]">
      <Table caption="Months between reviews by risk">
        <tbody>
          {RISK_TIERS.map((tier) => (
            <Tr key={tier}>
              <Td>
                <State kind="risk" is={tier} />
              </Td>
              <Td right className="pr-0">
                every {reviews.months[tier] === 1 ? 'month' : `${reviews.months[tier]} months`}
              </Td>
            </Tr>
          ))}
          <Tr>
            <Td>Grace after the due date</Td>
            <Td right className="pr-0">
              {reviews.graceDays} days
            </Td>
          </Tr>
        </tbody>
      </Table>
    </div>
  )
}

/** The sections that every definition must fill, and the phrases that fill nothing. */
export function SectionsScreen({ view }: { view: ConstitutionView }) {
  const { requiredSections, fillers } = view.content
  const { draft } = view
  if (draft && isEditable(view)) {
    const own = { id: draft.id, revision: draft.revision }
    return <SectionsEditor {...{ requiredSections, fillers }} draft={own} />
  }
  return (
    <div className="grid max-w-[860px] grid-cols-2 gap-8 max-sm:grid-cols-1">
      <Lines title="Required sections" lines={requiredSections} />
      <Lines title="Phrases that say nothing" lines={fillers} />
    </div>
  )
}

function Lines(props: { title: string; lines: readonly string[] }) {
  return (
    <section>
      <SectionHead title={props.title} aside={props.lines.length} />
      {props.lines.length === 0 ? <p className="py-2 text-ink-2">None.</p> : null}
      <ul>
        {props.lines.map((line) => (
          <li key={line} className="border-b border-line py-1.5 [overflow-wrap:anywhere]">
            <bdi>{line}</bdi>
          </li>
        ))}
      </ul>
    </section>
  )
}
