'use client'

import clsx from 'clsx'
import { type ReactNode, useId } from 'react'
import { VerbBar } from '@/components/shell/panes'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { DigestText } from '@/components/ui/digest-text'
import { Seam } from '@/components/ui/seam'
import { SignatureLines } from '@/components/ui/signature-line'
import { Tally } from '@/components/ui/tally'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { Verdict } from '@/lib/approvals/model'
import { Commit } from './decide-commit'
import type { DecideFacts } from './decide-facts'
import { Verbs } from './decide-verbs'
import { useSeen } from './seen-end'
import { type Decision, useDecision } from './use-decision'

/**
 * What is signed at the left, at the right where one person signs or sends it back: the seats, the
 * verbs with their effect, a reason, the typed name, what is missing, the seam, the exact bytes, and
 * one button that names its effect. In a narrow reader the decision follows below, and two verbs
 * stay pinned at the foot that lead to it.
 */
export function DecideSurface(props: {
  facts: DecideFacts
  clock: Clock
  /** In which role the reader would sign. */
  as: string
  children: ReactNode
}) {
  const { facts, clock } = props
  const seen = useSeen(facts.digest)
  const decision = useDecision(facts, seen)
  const id = useId()
  const closed = facts.why !== null || decision.recorded !== null
  const signed = decision.recorded !== null || facts.said !== null
  return (
    <div className="@container/item flex min-h-0 flex-1 flex-col">
      <div className="min-h-0 flex-1 overflow-y-auto @min-[820px]/item:grid @min-[820px]/item:grid-cols-[minmax(0,1fr)_336px] @min-[820px]/item:overflow-hidden">
        <div className="min-w-0 @min-[820px]/item:overflow-y-auto">{props.children}</div>
        <section
          aria-label="Your decision"
          id="decide"
          className="flex scroll-mt-4 flex-col border-line @max-[819px]/item:border-t @min-[820px]/item:overflow-y-auto @min-[820px]/item:border-l"
        >
          <div className="flex flex-1 flex-col gap-4 px-5 pt-5 pb-4 max-sm:px-4">
            <div className="flex items-center justify-between gap-3">
              <h2 className="font-semibold">{closed ? 'Signatures' : 'Your decision'}</h2>
              {closed ? null : <Badge>as {props.as}</Badge>}
            </div>
            {facts.seats.length === 0 ? (
              <p className="text-ink-2">Nobody has signed these bytes.</p>
            ) : (
              <SignatureLines seats={seatLines(facts, clock)} />
            )}
            {closed ? null : <Verbs facts={facts} decision={decision} seen={seen} id={id} />}
          </div>
          <div className="bg-bg @min-[820px]/item:sticky @min-[820px]/item:bottom-0">
            <Seam digest={facts.digest} signed={signed} inset />
            <div className="flex flex-col gap-2 px-5 pt-2.5 pb-4 max-sm:px-4">
              <p className="text-meta text-ink-2">{bytesWords(signed, facts.why === null)}</p>
              <DigestText digest={facts.digest} columns={4} />
              <div className={clsx('flex flex-col gap-2', closed || '@max-[819px]/item:hidden')}>
                <Commit facts={facts} decision={decision} />
              </div>
            </div>
          </div>
        </section>
      </div>
      {closed ? null : <PinnedVerbs facts={facts} decision={decision} />}
    </div>
  )
}

function bytesWords(signed: boolean, mayDecide: boolean): string {
  if (signed) return 'You signed these exact bytes'
  return mayDecide ? 'You sign these exact bytes' : 'It is about these exact bytes'
}

/** At the thumb: the two verbs, which lead to where it is signed; once one is chosen, its commit. */
function PinnedVerbs(props: { facts: DecideFacts; decision: Decision }) {
  const { facts, decision } = props
  const go = (verdict: Verdict) => {
    decision.choose(verdict)
    requestAnimationFrame(() =>
      document.getElementById('decide')?.scrollIntoView({ block: 'start' }),
    )
  }
  const [approve, back] = facts.verbs
  return (
    <div className="@min-[820px]/item:hidden">
      <VerbBar
        seam={<Seam digest={facts.digest} inset />}
        lead={
          <span className="flex items-center gap-3 text-meta text-ink-2">
            You sign <Tally digest={facts.digest} />
          </span>
        }
      >
        {decision.verdict !== null ? (
          <div className="flex flex-1 flex-col gap-2 max-sm:h-auto!">
            <Commit facts={facts} decision={decision} />
          </div>
        ) : (
          <>
            {back ? (
              <Button size="commit" keys="R" onClick={() => go(back.verdict)}>
                {back.label}
              </Button>
            ) : null}
            {approve ? (
              <Button
                size="commit"
                tone="primary"
                keys="A"
                disabled={facts.whyNotApprove !== null}
                onClick={() => go(approve.verdict)}
              >
                {approve.label}
              </Button>
            ) : null}
          </>
        )}
      </VerbBar>
    </div>
  )
}

function seatLines(facts: DecideFacts, clock: Clock) {
  return facts.seats.map((seat) => ({
    id: seat.id,
    name: seat.name,
    yours: seat.yours,
    why: seat.why,
    when: seat.at === null ? dueWords(facts, clock) : <Time at={seat.at} clock={clock} />,
  }))
}

function dueWords(facts: DecideFacts, clock: Clock) {
  return facts.deadlineAt === null ? 'no deadline' : <Time at={facts.deadlineAt} clock={clock} />
}
