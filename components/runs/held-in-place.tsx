import { CallVerbs } from '@/components/inbox/call-verbs'
import { decideFacts } from '@/components/inbox/decide-facts'
import { GatedLines, HeldCall } from '@/components/inbox/held-call'
import { State } from '@/components/ui/state-shape'
import { type Clock, deadlineWords } from '@/components/ui/time-words'
import type { InboxItem } from '@/lib/inbox/model'

/** A held call opened where it happened, with the same verbs as in the inbox. */
export function HeldInPlace(props: { item: InboxItem; clock: Clock }) {
  const { item, clock } = props
  if (item.subject.kind !== 'tool_call') return null
  const deadline = item.deadlineAt ? Date.parse(item.deadlineAt) : null
  return (
    <section
      id="held"
      aria-label="Held call"
      className="mt-2 overflow-hidden rounded-box border border-amb-mark"
    >
      <header className="flex flex-wrap items-center gap-x-3 border-b border-amb-edge bg-amb-soft px-3 py-2">
        <State kind="risk" is={item.riskTier} hideWord />
        <h2 className="font-semibold">{item.title}</h2>
        {deadline === null ? null : (
          <span className="ml-auto text-amb">
            {deadlineWords(deadline, clock)}, then{' '}
            {item.expiryOutcome === 'deny' ? 'denied' : 'parked'}
          </span>
        )}
      </header>
      <div className="p-3">
        <HeldCall call={item.subject} digest={item.digest} />
        {item.subject.gated.length > 0 ? (
          <div className="pt-3">
            <GatedLines label="Commands that are held" lines={item.subject.gated} />
          </div>
        ) : null}
      </div>
      <CallVerbs facts={decideFacts(item)} />
    </section>
  )
}
