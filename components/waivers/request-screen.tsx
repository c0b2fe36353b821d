import { FindingWords } from '@/components/agents/finding-words'
import { calendarWords } from '@/components/agents/marks'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import { Empty, Notice } from '@/components/ui/empty'
import { PageHeading, SectionHead } from '@/components/ui/section'
import { Tally } from '@/components/ui/tally'
import type { Clock } from '@/components/ui/time-words'
import type { ShownFinding } from '@/lib/agents/queries/finding'
import { whyNotWaivable } from '@/lib/constitution/waivers'
import { RequestForm } from './request-form'

type Props = {
  shown: ShownFinding
  people: readonly { id: string; name: string }[]
  readerId: string
  mayAsk: boolean
  clock: Clock
}

/** Asks people to excuse one finding until a day: what it is, then why, who answers, until when. */
export function RequestScreen(props: Props) {
  const { facts, finding, before } = props.shown
  const open = before.find((one) => one.standing === 'open')
  const held = before.find((one) => one.standing === 'in_force')
  const back = `/agents/${facts.slug}`
  const why = whyNotWaivable(finding)
  return (
    <>
      <PageHeader crumbs={[{ label: facts.slug, href: back }, { label: 'Excuse a finding' }]} />
      {held ? (
        <Notice>
          Excused already until {calendarWords(held.endsOn, props.clock)}. A renewal is decided by
          neither {held.owner} nor {held.approvedBy.join(' or ')}.
        </Notice>
      ) : null}
      <Pane label="Request">
        <div className="max-w-[760px] px-6 pt-5 pb-10 max-sm:px-4">
          <PageHeading
            title={`Excuse a finding of ${facts.slug}`}
            sentence="The finding stays visible with its last day. Somebody else must agree."
          />
          <TheFinding {...props} />
          {why !== null || open || !props.mayAsk ? (
            <Empty
              className="px-0!"
              title={
                why ??
                (open
                  ? 'Somebody has asked to excuse this already.'
                  : 'Only an author or approver of the department may ask.')
              }
              actions={
                <ButtonLink href={open && why === null ? `/inbox/${open.approvalId}` : back}>
                  {open && why === null ? 'Open the request' : `Back to ${facts.slug}`}
                </ButtonLink>
              }
            />
          ) : (
            <RequestForm
              about={{
                agentId: facts.id,
                digest: props.shown.digest,
                fingerprint: props.shown.fingerprint,
              }}
              people={props.people}
              ownerId={facts.ownerId ?? props.readerId}
              readerId={props.readerId}
              now={props.clock.now}
              backHref={back}
            />
          )}
        </div>
      </Pane>
    </>
  )
}

function TheFinding({ shown }: Props) {
  const { finding } = shown
  return (
    <section className="pt-5">
      <SectionHead
        title="The finding"
        remark={shown.draft ? 'in the draft' : 'in the current definition'}
        aside={<Tally digest={shown.digest} />}
      />
      <FindingWords finding={finding} />
      <p className="pt-2 text-meta text-ink-3">
        It covers these words wherever they stand in the file. Other words are another finding.
      </p>
    </section>
  )
}
