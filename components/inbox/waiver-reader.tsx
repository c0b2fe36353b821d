import { FindingWords } from '@/components/agents/finding-words'
import { calendarWords } from '@/components/agents/marks'
import { AgentText } from '@/components/ui/agent-text'
import { Facts } from '@/components/ui/facts'
import { Initials } from '@/components/ui/person'
import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { State } from '@/components/ui/state-shape'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { EarlierWaiver, InboxItem, WaiverSubject } from '@/lib/inbox/model'
import { countWords, silenceSentence } from '@/lib/inbox/rules/words'
import { decideFacts } from './decide-facts'
import { DecideSurface } from './decide-panel'
import { Who } from './rail'
import { SeenEnd } from './seen-end'
import { SettledNotice } from './settled-notice'

type Props = { item: InboxItem; waiver: WaiverSubject; clock: Clock }

/** A request to excuse one finding until a day: agree to exactly this, or not. */
export function WaiverReader(props: Props) {
  const { item, waiver, clock } = props
  const facts = decideFacts(item)
  return (
    <>
      <SettledNotice facts={facts} clock={clock} viewerId={item.viewer.id} />
      <DecideSurface facts={facts} clock={clock} as="approver">
        <article className="px-6 pt-5 pb-8 max-sm:px-4 max-sm:pt-3">
          <Head {...props} />
          <TheFinding {...props} />
          <section className="pt-6">
            <SectionHead title="Why, and who answers for it" className="mb-2" />
            <AgentText
              label={`Written by ${item.askedBy.name}, not verified`}
              text={waiver.reason}
            />
            <Facts
              className="pt-4"
              labelWidth={96}
              facts={[
                { label: 'Owner', value: <bdi>{waiver.owner.name}</bdi> },
                {
                  label: 'Last day',
                  value: `${calendarWords(waiver.endsOn, clock)}, to its end in UTC; ${countWords(waiver.days, 'day')} from the request`,
                },
                { label: 'After that', value: 'The finding counts again. Nothing has to run.' },
              ]}
            />
            <SeenEnd digest={item.digest} id="read-to-here" />
          </section>
          {waiver.earlier.length > 0 ? <Earlier waivers={waiver.earlier} clock={clock} /> : null}
          <section className="pt-6">
            <SectionHead title="Who may decide" remark={item.department} className="mb-2" />
            <div className="max-w-[440px]">
              <Who standing={item.standing} department={item.department} />
            </div>
            <p className="pt-3 text-ink-2">
              If nobody decides: {silenceSentence('waiver', item.deadlineAt !== null)}
            </p>
          </section>
        </article>
      </DecideSurface>
    </>
  )
}

function Head(props: Props) {
  const { item, clock } = props
  return (
    <header className="pb-4">
      <h1 className="max-w-[62ch] text-heading text-balance [overflow-wrap:anywhere]">
        <bdi>{item.title}</bdi>
      </h1>
      <p className="flex items-center gap-2 pt-1.5 text-ink-2">
        <Initials name={item.askedBy.name} />
        <span>
          <bdi className="text-ink">{item.askedBy.name}</bdi> asked for this{' '}
          <Time at={item.openedAt} clock={clock} />. {item.department} department.{' '}
          {item.agent ? (
            <TextLink href={`/agents/${item.agent.slug}`}>{item.agent.slug}</TextLink>
          ) : null}
        </span>
      </p>
    </header>
  )
}

function TheFinding(props: Props) {
  const { waiver, item } = props
  const { finding } = waiver
  return (
    <section>
      <SectionHead
        title="The finding"
        remark={<Tally digest={waiver.foundIn} />}
        aside={waiver.stillThere ? null : 'no longer in the current definition'}
      />
      <FindingWords finding={{ ...finding, rule: waiver.rule }} />
      <p className="flex items-baseline gap-2 pt-2 text-ink-2">
        <Shape name="diamond" ink="amber" />
        <span className="max-w-[62ch]">
          {finding.severity === 'error'
            ? `While it is excused, ${item.agent?.slug ?? 'the agent'} can be proposed and published with this error.`
            : 'While it is excused, it is shown with its last day and asks nobody for a repair.'}{' '}
          Other words, or another finding, are not covered.
        </span>
      </p>
    </section>
  )
}

const BECAME: Record<EarlierWaiver['state'], 'open' | 'approved' | 'rejected' | 'withdrawn'> = {
  requested: 'open',
  approved: 'approved',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  revoked: 'withdrawn',
}

function Earlier(props: { waivers: readonly EarlierWaiver[]; clock: Clock }) {
  return (
    <section className="pt-6">
      <SectionHead title="Excused before" remark="the same finding, newest first" />
      <ul>
        {props.waivers.map((one) => (
          <li
            key={one.approvalId}
            className="flex flex-wrap items-baseline gap-x-4 border-b border-line py-1.5"
          >
            <State kind="approval" is={BECAME[one.state]} />
            <TextLink href={`/inbox/${one.approvalId}`}>
              until {calendarWords(one.endsOn, props.clock)}
            </TextLink>
            <span className="ml-auto text-ink-2">
              {one.by.length > 0 ? `approved by ${one.by.join(', ')}, ` : ''}owned by {one.owner}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
