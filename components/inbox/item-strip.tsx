import { InvisibleText } from '@/components/ui/invisible-text'
import { Time } from '@/components/ui/time'
import { type Clock, clockWords } from '@/components/ui/time-words'
import type { InboxItem } from '@/lib/inbox/model'
import { ArrangeButtons } from './arrange-buttons'
import { MarkOpened } from './mark-opened'

/**
 * Above an open item: from whom it came and for whom, who is on it; and what can be done with it
 * before deciding. Whoever may not decide it sees only who is on it.
 */
export function ItemStrip(props: { item: InboxItem; clock: Clock }) {
  const { item, clock } = props
  const { arranged, viewer, subject } = item
  if (item.state !== 'open' || subject.kind === 'review') return null
  const may = viewer.why === null
  const words = <Remarks item={item} clock={clock} />
  const silent = arranged.claim === null && arranged.handed === null
  if (!may && silent) return null
  return (
    <section
      aria-label="Before you decide"
      className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b border-line px-6 py-1.5 text-meta max-sm:px-4"
    >
      <div className="flex min-w-0 flex-1 flex-wrap items-center gap-x-3 gap-y-0.5 text-ink-2">
        {words}
      </div>
      {may ? (
        <>
          <ArrangeButtons
            approvalId={item.id}
            deadlineAt={item.deadlineAt}
            snoozed={arranged.snoozedUntil !== null}
            claim={
              arranged.claim === null
                ? null
                : { mine: arranged.claim.id === viewer.id, name: arranged.claim.name }
            }
            people={item.standing
              .filter((one) => one.barred === null && !one.signed && !one.you)
              .map(({ id, name, away }) => ({ id, name, away: away !== null }))}
            clock={clock}
          />
          <MarkOpened approvalId={item.id} renderedDigest={item.renderedDigest} />
        </>
      ) : null}
    </section>
  )
}

function Remarks(props: { item: InboxItem; clock: Clock }) {
  const { item, clock } = props
  const { claim, handed, snoozedUntil, standsInFor } = item.arranged
  const me = item.viewer.id
  return (
    <>
      {handed ? (
        <span className="min-w-0 [overflow-wrap:anywhere]">
          {handed.to.id === me ? (
            <>
              From <bdi className="font-medium text-ink">{handed.from.name}</bdi>
            </>
          ) : (
            <>
              With <bdi className="font-medium text-ink">{handed.to.name}</bdi>, from{' '}
              <bdi>{handed.from.id === me ? 'you' : handed.from.name}</bdi>
            </>
          )}
          {handed.note === '' ? null : (
            <>
              {': '}“
              <bdi>
                <InvisibleText text={handed.note} />
              </bdi>
              ”
            </>
          )}
        </span>
      ) : null}
      {standsInFor.map((one) => (
        <span key={one.id}>
          For <bdi className="font-medium text-ink">{one.name}</bdi>, away until{' '}
          <Time at={one.until} clock={clock} show="day" />
        </span>
      ))}
      {claim ? (
        <span>
          {claim.id === me ? (
            'You are on it'
          ) : (
            <>
              <bdi className="font-medium text-ink">{claim.name}</bdi> is on it
            </>
          )}{' '}
          until{' '}
          <time dateTime={claim.until}>{clockWords(Date.parse(claim.until), clock.zone)}</time>
        </span>
      ) : null}
      {snoozedUntil ? (
        <span>
          Set aside until <Time at={snoozedUntil} clock={clock} show="absolute" />
        </span>
      ) : null}
    </>
  )
}
