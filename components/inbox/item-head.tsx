import type { ReactNode } from 'react'
import { HeldClock } from '@/components/live/held-clock'
import { InvisibleText } from '@/components/ui/invisible-text'
import { State } from '@/components/ui/state-shape'
import type { Clock } from '@/components/ui/time-words'
import type { InboxItem } from '@/lib/inbox/model'
import { KindIcon } from './kind-icon'

/** Kind and where it comes from, the sentence to decide on, one quiet line below. */
export function ItemHead(props: {
  item: InboxItem
  clock: Clock
  origin: ReactNode
  title: string
  sentence?: ReactNode
}) {
  const { item, clock } = props
  return (
    <header className="pb-4">
      <div className="pb-2 @min-[690px]/item:hidden">
        {item.state === 'open' && item.deadlineAt !== null ? (
          <HeldClock
            from={item.openedAt}
            until={item.deadlineAt}
            clock={clock}
            subject={item.title}
            then={item.expiryOutcome === 'deny' ? 'then denied,' : 'then parked,'}
            aside={<State kind="risk" is={item.riskTier} />}
          />
        ) : (
          <State kind="risk" is={item.riskTier} />
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-2 gap-y-0.5 pb-1 text-meta text-ink-2 @max-[689px]/item:hidden">
        <KindIcon kind={item.subject.kind} />
        {props.origin}
      </p>
      <h1 className="max-w-[62ch] text-heading text-balance [overflow-wrap:anywhere]">
        <bdi>
          <InvisibleText text={props.title} />
        </bdi>
      </h1>
      {props.sentence ? <p className="text-ink-2">{props.sentence}</p> : null}
    </header>
  )
}

/** The dot between two facts of one line. */
export function Dot() {
  return (
    <span aria-hidden="true" className="text-ink-3">
      ·
    </span>
  )
}
