import { HeldClock } from '@/components/live/held-clock'
import { Facts, RailPart } from '@/components/ui/facts'
import { InvisibleText } from '@/components/ui/invisible-text'
import { State } from '@/components/ui/state-shape'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { InboxItem, RunFacts, Standing } from '@/lib/inbox/model'
import { RISK_MEANS, silenceSentence } from '@/lib/inbox/rules/words'

/** Beside a held call or a change-set: the clock, the risk, the run, who may decide. */
export function ItemRail(props: { item: InboxItem; run: RunFacts; clock: Clock }) {
  const { item, run, clock } = props
  return (
    <>
      <RailPart title="If nobody decides">
        {item.state === 'open' && item.deadlineAt !== null ? (
          <HeldClock
            from={item.openedAt}
            until={item.deadlineAt}
            clock={clock}
            subject={item.title}
          />
        ) : null}
        <p className="pt-1.5 text-ink-2">
          {silenceSentence(item.subject.kind, item.deadlineAt !== null)}
        </p>
      </RailPart>
      <RailPart title="Risk">
        <State kind="risk" is={item.riskTier} />
        <p className="pt-1 text-ink-2">{RISK_MEANS[item.riskTier]}</p>
      </RailPart>
      <RailPart title="Run">
        <RunFactList item={item} run={run} />
      </RailPart>
      <RailPart title="Who may decide">
        <Who standing={item.standing} department={item.department} />
      </RailPart>
    </>
  )
}

/** What is known of the run, as labels and values. */
export function RunFactList(props: { item: InboxItem; run: RunFacts }) {
  const { item, run } = props
  return (
    <Facts
      facts={[
        {
          label: 'Agent',
          value: item.agent ? (
            <>
              <TextLink href={`/agents/${item.agent.slug}`}>{item.agent.slug}</TextLink>{' '}
              {run.version}
            </>
          ) : (
            run.version
          ),
        },
        { label: 'Definition', value: <Tally digest={run.digest} rule={{ state: 'sealed' }} /> },
        {
          label: 'Run',
          value: <TextLink href={`/runs/${run.id}`}>{run.number}</TextLink>,
        },
        { label: 'Started by', value: <bdi>{run.startedBy.name}</bdi> },
        {
          label: 'Task',
          value: (
            <bdi className="line-clamp-6 [overflow-wrap:anywhere]" title={run.task}>
              <InvisibleText text={run.task} />
            </bdi>
          ),
        },
        { label: 'Workspace', value: <bdi>{run.workspace}</bdi> },
      ]}
    />
  )
}

/** The people who may decide, and those who never may with the reason. */
export function Who(props: { standing: readonly Standing[]; department: string }) {
  const may = props.standing.filter((person) => person.barred === null)
  return (
    <>
      {may.length === 0 ? (
        <p className="pb-1 text-red">
          Nobody in {props.department} may decide this. Ask an administrator for an approver.
        </p>
      ) : null}
      <ul className="flex flex-col gap-1">
        {props.standing.map((person) => (
          <li key={person.id} className="flex items-baseline justify-between gap-3">
            <bdi className={person.barred ? 'text-ink-3 line-through' : undefined}>
              {person.name}
            </bdi>
            <span className="shrink-0 text-meta text-ink-3">{standingWords(person)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

function standingWords(person: Standing): string {
  const said = person.barred ?? (person.signed ? 'has decided' : 'may decide')
  return person.you ? `you, ${said}` : said
}
