import { AgentText } from '@/components/ui/agent-text'
import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { InvisibleText } from '@/components/ui/invisible-text'
import { Initials } from '@/components/ui/person'
import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { InboxItem, ItemDecision, ProposalSubject } from '@/lib/inbox/model'
import { countWords, silenceSentence } from '@/lib/inbox/rules/words'
import { type Impact, RoutingImpact } from '../agents/routing/impact'
import { CapabilityTable, Consequences } from './capability-change'
import { Checks } from './checks'
import { decideFacts } from './decide-facts'
import { DecideSurface } from './decide-panel'
import { Who } from './rail'
import { SeenEnd } from './seen-end'
import { SettledNotice } from './settled-notice'
import { SimilarDecisions } from './similar-decisions'

/** A definition change put up for approval: sign these bytes or not. */
export function ProposalReader(props: {
  item: InboxItem
  proposal: ProposalSubject
  clock: Clock
  impact: Impact | null
}) {
  const { item, proposal, clock, impact } = props
  const facts = decideFacts(item)
  return (
    <>
      <SettledNotice facts={facts} clock={clock} viewerId={item.viewer.id} />
      <DecideSurface facts={facts} clock={clock} as="approver">
        <article className="px-6 pt-5 pb-8 max-sm:px-4 max-sm:pt-3">
          <Head item={item} proposal={proposal} clock={clock} />
          {proposal.since ? <Since since={proposal.since} /> : null}
          <CapabilityTable
            change={proposal.change}
            consequences={
              <Consequences
                change={proposal.change}
                quorumBefore={proposal.quorumBefore}
                quorum={item.quorum}
              />
            }
          />
          {isShort(proposal.message) ? null : <Message proposal={proposal} className="mt-5" />}
          <Checks proposal={proposal} digest={item.digest} />
          {impact ? <RoutingImpact impact={impact} /> : null}
          <div className="pt-6">
            <DiffView
              id="text"
              label={`Text change of ${proposal.fileName}`}
              diff={proposal.diff}
              head={<DiffHead proposal={proposal} />}
            />
            <SeenEnd digest={item.digest} id="read-to-here" />
          </div>
          <SimilarDecisions rows={item.similar} clock={clock} />
          {item.decisions.length > 0 ? (
            <Decisions decisions={item.decisions} clock={clock} />
          ) : null}
          <section className="pt-6">
            <SectionHead title="Who may decide" remark={item.department} className="mb-2" />
            <div className="max-w-[440px]">
              <Who standing={item.standing} department={item.department} />
            </div>
            <p className="pt-3 text-ink-2">
              If nobody decides: {silenceSentence('proposal', item.deadlineAt !== null)}
            </p>
          </section>
        </article>
      </DecideSurface>
    </>
  )
}

function Head(props: { item: InboxItem; proposal: ProposalSubject; clock: Clock }) {
  const { item, proposal, clock } = props
  const seats = { seats: item.quorum, signed: item.signed }
  return (
    <header className="pb-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 flex-1 basis-[260px] text-heading text-balance [overflow-wrap:anywhere]">
          <bdi>
            <InvisibleText text={item.title} />
          </bdi>{' '}
          <span className="font-normal text-ink-3">P-{proposal.number}</span>
        </h1>
        <dl className="flex items-start gap-4">
          {proposal.base ? (
            <div>
              <dt className="text-meta">
                {proposal.base.number} <span className="text-ink-3">published</span>
              </dt>
              <dd>
                <Tally digest={proposal.base.digest} rule={{ state: 'sealed' }} />
              </dd>
            </div>
          ) : null}
          <div>
            <dt className="text-meta">
              {proposal.version} <span className="text-ink-3">proposed</span>
            </dt>
            <dd>
              <Tally
                digest={item.digest}
                rule={
                  item.state === 'approved'
                    ? { state: 'sealed', seats: item.quorum }
                    : { state: 'open', ...seats }
                }
              />
            </dd>
          </div>
        </dl>
      </div>
      <p className="flex items-center gap-2 pt-1.5 text-ink-2">
        <Initials name={proposal.author.name} />
        <span>
          <bdi className="text-ink">{proposal.author.name}</bdi> proposed this{' '}
          <Time at={item.openedAt} clock={clock} />. {item.department} department.{' '}
          {item.agent ? (
            <TextLink href={`/agents/${item.agent.slug}`}>{item.agent.slug}</TextLink>
          ) : null}
        </span>
      </p>
      {isShort(proposal.message) ? <Message proposal={proposal} className="mt-3" /> : null}
    </header>
  )
}

/** What the draft became after this was proposed: an edit voids what people said of the old bytes. */
function Since(props: { since: NonNullable<ProposalSubject['since']> }) {
  const { since } = props
  return (
    <div className="pb-6">
      <DiffView
        id="since"
        label="Changed since this was proposed"
        diff={since}
        head={
          <>
            <span className="font-semibold">Changed since this was proposed</span>
            <ChangeCount added={since.added} removed={since.removed} />
          </>
        }
      />
    </div>
  )
}

/** A long message never stands before what was computed. */
function isShort(message: string): boolean {
  return message.length <= 280 && message.split('\n').length <= 3
}

function Message(props: { proposal: ProposalSubject; className: string }) {
  const { author, message } = props.proposal
  return (
    <AgentText
      className={props.className}
      label={`Written by ${author.name}, not verified`}
      text={message}
    />
  )
}

function DiffHead(props: { proposal: ProposalSubject }) {
  const { proposal } = props
  return (
    <>
      <bdi className="font-mono text-mono [overflow-wrap:anywhere]">{proposal.fileName}</bdi>
      <ChangeCount added={proposal.diff.added} removed={proposal.diff.removed} />
      <span className="ml-auto text-meta text-ink-2">
        {proposal.hidden > 0 ? (
          <strong className="font-medium text-red">
            {countWords(proposal.hidden, 'invisible character')}, boxed
          </strong>
        ) : (
          'no invisible characters'
        )}
      </span>
    </>
  )
}

/** What people have said so far; what an edit made void says so. */
function Decisions(props: { decisions: readonly ItemDecision[]; clock: Clock }) {
  return (
    <section className="pt-6">
      <SectionHead title="Decisions so far" />
      <ul>
        {props.decisions.map((one) => (
          <li key={one.fact} className="flex gap-3 border-b border-line py-2">
            <Initials name={one.person.name} />
            <div className="min-w-0 flex-1">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <bdi className="font-medium">{one.person.name}</bdi>
                <State
                  kind="approval"
                  is={one.dismissedBecause === null ? STATE_OF[one.verdict] : 'dismissed'}
                />
                <span className="ml-auto text-meta text-ink-3">
                  <Time at={one.at} clock={props.clock} />{' '}
                  <TextLink href={`/log?fact=${one.fact}`}>fact</TextLink>
                </span>
              </p>
              {one.reason === '' ? null : (
                <p className="max-w-[62ch] text-ink-2">
                  <bdi>{one.reason}</bdi>
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
    </section>
  )
}

const STATE_OF = {
  approve: 'approved',
  request_changes: 'changes_requested',
  reject: 'rejected',
} as const
