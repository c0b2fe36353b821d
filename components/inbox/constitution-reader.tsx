import { ChangeList } from '@/components/constitution/change-list'
import { ImpactSection } from '@/components/constitution/impact'
import { AgentText } from '@/components/ui/agent-text'
import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { InvisibleText } from '@/components/ui/invisible-text'
import { Initials } from '@/components/ui/person'
import { SectionHead } from '@/components/ui/section'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ConstitutionSubject, InboxItem } from '@/lib/inbox/model'
import { countWords, silenceSentence } from '@/lib/inbox/rules/words'
import { decideFacts } from './decide-facts'
import { DecideSurface } from './decide-panel'
import { Who } from './rail'
import { SeenEnd } from './seen-end'
import { SettledNotice } from './settled-notice'

type Props = { item: InboxItem; change: ConstitutionSubject; clock: Clock }

/** A changed constitution put up for approval: what changes, whom it hits, who must agree, the text. */
export function ConstitutionReader(props: Props) {
  const { item, change, clock } = props
  const facts = decideFacts(item)
  return (
    <>
      <SettledNotice facts={facts} clock={clock} viewerId={item.viewer.id} />
      <DecideSurface facts={facts} clock={clock} as="approver">
        <article className="px-6 pt-5 pb-8 max-sm:px-4 max-sm:pt-3">
          <Head {...props} />
          <section>
            <SectionHead
              title="What changes"
              remark={`from ${change.before.label} to ${change.after.label}`}
            />
            <ChangeList changes={change.changes} />
          </section>
          {change.impact ? <ImpactSection impact={change.impact} /> : null}
          <section className="pt-6">
            <SectionHead title="Who may decide" remark={item.department} className="mb-2" />
            <TooFew item={item} />
            <div className="max-w-[440px]">
              <Who standing={item.standing} department={item.department} />
            </div>
            <p className="pt-3 text-ink-2">
              If nobody decides: {silenceSentence('constitution', item.deadlineAt !== null)}
            </p>
          </section>
          {change.message === '' ? null : (
            <AgentText
              className="mt-5"
              label={`Written by ${change.author.name}, not verified`}
              text={change.message}
            />
          )}
          <div className="pt-6">
            <DiffView
              id="text"
              label="Text change of the constitution"
              diff={change.diff}
              head={<DiffHead change={change} />}
            />
            <SeenEnd digest={item.digest} id="read-to-here" />
          </div>
        </article>
      </DecideSurface>
    </>
  )
}

function Head({ item, change, clock }: Props) {
  const seats = { seats: item.quorum, signed: item.signed }
  return (
    <header className="pb-4">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 flex-1 basis-[260px] text-heading text-balance [overflow-wrap:anywhere]">
          <bdi>
            <InvisibleText text={item.title} />
          </bdi>
        </h1>
        <dl className="flex items-start gap-4">
          <div>
            <dt className="text-meta">
              {change.before.label} <span className="text-ink-3">before</span>
            </dt>
            <dd>
              <Tally digest={change.before.hash} />
            </dd>
          </div>
          <div>
            <dt className="text-meta">
              {change.after.label} <span className="text-ink-3">proposed</span>
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
        <Initials name={change.author.name} />
        <span>
          <bdi className="text-ink">{change.author.name}</bdi> proposed this{' '}
          <Time at={item.openedAt} clock={clock} />. It binds {item.department.toLowerCase()}.{' '}
          <TextLink href="/constitution">The constitution</TextLink>
        </span>
      </p>
    </header>
  )
}

/** Too few people is said first: nothing else can be done about it here. */
function TooFew({ item }: { item: InboxItem }) {
  const may = item.standing.filter((one) => one.barred === null).length
  if (item.state !== 'open' || may >= item.quorum) return null
  return (
    <p className="mb-2 bg-amb-soft px-2 py-1.5">
      {item.quorum} people must agree, but only {may} may decide. It waits until an administrator
      has made more people approvers of the whole organisation.
    </p>
  )
}

function DiffHead({ change }: { change: ConstitutionSubject }) {
  return (
    <>
      <span className="font-mono text-mono">constitution.md</span>
      <ChangeCount added={change.diff.added} removed={change.diff.removed} />
      <span className="ml-auto text-meta text-ink-2">
        {change.hidden > 0 ? (
          <strong className="font-medium text-red">
            {countWords(change.hidden, 'invisible character')}, boxed
          </strong>
        ) : (
          'no invisible characters'
        )}
      </span>
    </>
  )
}
