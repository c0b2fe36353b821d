import { RUN_SHAPE } from '@/components/runs/words'
import { DigestText } from '@/components/ui/digest-text'
import { Facts, RailPart } from '@/components/ui/facts'
import { State } from '@/components/ui/state-shape'
import { TallyMark } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { Around } from '@/lib/agents/queries/around'
import type { Assignable } from '@/lib/agents/queries/assignable'
import type { AgentPage } from '@/lib/agents/queries/page'
import type { RunRow } from '@/lib/runs/queries/list'
import { counted, ReviewDate } from '../marks'
import { AssignAgent } from './assign'
import { Reviews, Waivers, WhereUsed } from './rail-parts'

/** Where the file came from, as people know it. */
function sourceWords(path: string | null): string {
  if (path === null || path.startsWith('new/')) return 'made here'
  return path
}

/** Who answers for the agent, where it comes from, and its exact bytes. */
export function AgentRail(props: {
  page: AgentPage
  around: Around
  runs: readonly RunRow[]
  /** Who may be named; null for a reader who may not assign. */
  assignable: Assignable | null
  clock: Clock
}) {
  const { page, clock } = props
  const { facts, check } = page
  const live = facts.liveVersionId !== null
  return (
    <>
      <RailPart title="Facts">
        <Facts
          facts={[
            { label: 'Owner', value: facts.owner ?? <span className="text-amb">nobody</span> },
            { label: 'Sponsor', value: facts.sponsor ?? <span className="text-amb">nobody</span> },
            { label: 'Department', value: facts.department },
            {
              label: 'Risk tier',
              value: (
                <>
                  <State kind="risk" is={facts.riskTier} />
                  <span className="block text-meta text-ink-2">{check?.riskReason}</span>
                </>
              ),
            },
            { label: 'Review', value: <ReviewDate on={facts.nextReviewOn} clock={clock} /> },
            {
              label: 'Source',
              value: (
                <bdi className="font-mono text-mono [overflow-wrap:anywhere]">
                  {sourceWords(facts.sourcePath)}
                </bdi>
              ),
            },
            { label: 'Format', value: facts.format },
            { label: 'In the tool', value: facts.fate },
            {
              label: 'Since',
              value: <Time at={facts.createdAt} clock={clock} show="day" />,
            },
          ]}
        />
        {props.assignable ? (
          <AssignAgent agentId={facts.id} now={facts} choices={props.assignable} />
        ) : null}
      </RailPart>
      <RailPart title={live ? 'Live definition' : 'Draft definition'} aside={facts.liveNumber}>
        <div className="flex flex-col gap-2 pt-1">
          <TallyMark digest={facts.digest} rule={{ state: live ? 'sealed' : 'draft' }} />
          <DigestText digest={facts.digest} columns={3} />
          <p className="text-ink-2">
            {counted(page.size, 'byte')} ·{' '}
            <TextLink href={`/agents/${facts.slug}/definition?view=raw`}>raw</TextLink>
          </p>
        </div>
      </RailPart>
      <WhereUsed page={page} around={props.around} />
      <Waivers around={props.around} slug={facts.slug} clock={clock} />
      <Now page={page} runs={props.runs} />
      <Reviews around={props.around} clock={clock} />
    </>
  )
}

/** What is under way and what happened last: the open proposal and the newest runs. */
function Now(props: { page: AgentPage; runs: readonly RunRow[] }) {
  const { proposal } = props.page
  if (!proposal && props.runs.length === 0) return null
  return (
    <RailPart title="Now">
      <ul className="flex flex-col gap-1">
        {proposal ? (
          <li className="flex items-baseline justify-between gap-3">
            <TextLink href={`/inbox/${proposal.approvalId}`}>Proposal P-{proposal.number}</TextLink>
            <span className="text-ink-2">
              {proposal.signatures.length} of {proposal.quorum} signed
            </span>
          </li>
        ) : null}
        {props.runs.map((run) => (
          <li key={run.id} className="flex items-baseline justify-between gap-3">
            <TextLink href={`/runs/${run.number}`} title={run.task}>
              Run {run.number}
            </TextLink>
            <State kind="run" is={RUN_SHAPE[run.word]} />
          </li>
        ))}
      </ul>
    </RailPart>
  )
}
