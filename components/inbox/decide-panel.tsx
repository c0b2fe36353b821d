'use client'

import { type ReactNode, useId, useRef } from 'react'
import { VerbBar } from '@/components/shell/panes'
import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { RadioGroup } from '@/components/ui/choices'
import { DigestText } from '@/components/ui/digest-text'
import { Field, Input, Textarea } from '@/components/ui/field'
import { Seam } from '@/components/ui/seam'
import { Shape } from '@/components/ui/shape'
import { SignatureLines } from '@/components/ui/signature-line'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { Verdict } from '@/lib/approvals/model'
import { needsReason } from '@/lib/approvals/rules'
import { MAX_MESSAGE } from '@/lib/core/limits'
import type { DecideFacts } from './decide-facts'
import { useSeen } from './seen-end'
import { type Decision, useDecision } from './use-decision'
import { useOnline } from './use-online'

const KEYS: Record<Verdict, string | undefined> = {
  approve: 'A',
  request_changes: 'R',
  reject: undefined,
}

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
              <h2 className="font-semibold">Your decision</h2>
              <Badge>as {props.as}</Badge>
            </div>
            <SignatureLines seats={seatLines(facts, clock)} />
            {closed ? null : <Verbs facts={facts} decision={decision} seen={seen} id={id} />}
          </div>
          <div className="bg-bg @min-[820px]/item:sticky @min-[820px]/item:bottom-0">
            <Seam digest={facts.digest} signed={signed} inset />
            <div className="flex flex-col gap-2 px-5 pt-2.5 pb-4 max-sm:px-4">
              <p className="text-meta text-ink-2">
                {signed ? 'Signed: these exact bytes' : 'You sign these exact bytes'}
              </p>
              <DigestText digest={facts.digest} columns={4} />
              <Commit facts={facts} decision={decision} />
            </div>
          </div>
        </section>
      </div>
      {closed ? null : <PinnedVerbs facts={facts} choose={decision.choose} />}
    </div>
  )
}

/** The two verbs at the thumb: they choose, and lead to where it is signed. */
function PinnedVerbs(props: { facts: DecideFacts; choose: (verdict: Verdict) => void }) {
  const go = (verdict: Verdict) => {
    props.choose(verdict)
    requestAnimationFrame(() =>
      document.getElementById('decide')?.scrollIntoView({ block: 'start' }),
    )
  }
  const [approve, back] = props.facts.verbs
  return (
    <div className="@min-[820px]/item:hidden">
      <VerbBar
        seam={<Seam digest={props.facts.digest} inset />}
        lead={
          <span className="flex items-center gap-3 text-meta text-ink-2">
            You sign <Tally digest={props.facts.digest} />
          </span>
        }
      >
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
            disabled={props.facts.whyNotApprove !== null}
            onClick={() => go(approve.verdict)}
          >
            {approve.label}
          </Button>
        ) : null}
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

function Verbs(props: { facts: DecideFacts; decision: Decision; seen: boolean; id: string }) {
  const { facts, decision, id } = props
  const reason = useRef<HTMLTextAreaElement>(null)
  const choose = (value: string) => {
    decision.choose(value as Verdict)
    if (value !== 'approve') requestAnimationFrame(() => reason.current?.focus())
  }
  const wanted = decision.verdict !== null && needsReason(decision.verdict)
  return (
    <>
      <RadioGroup
        name={`verdict-${id}`}
        label="What you decide"
        value={decision.verdict ?? ''}
        onChange={choose}
        choices={facts.verbs.map((verb) => {
          const keys = KEYS[verb.verdict]
          const off = verb.verdict === 'approve' && facts.whyNotApprove !== null
          return {
            value: verb.verdict,
            label: verb.label,
            effect: off ? facts.whyNotApprove : verb.effect,
            disabled: off,
            ...(keys ? { keys } : {}),
          }
        })}
      />
      <Field
        id={`${id}-reason`}
        label={wanted ? 'Reason, kept in the record' : 'Comment, kept in the record'}
        source={wanted ? undefined : 'optional'}
      >
        <Textarea
          ref={reason}
          id={`${id}-reason`}
          dir="auto"
          value={decision.reason}
          maxLength={MAX_MESSAGE}
          onChange={(event) => decision.setReason(event.target.value)}
        />
      </Field>
      {facts.typedName !== null && decision.verdict === 'approve' ? (
        <Field
          id={`${id}-name`}
          label={
            <>
              High risk. Type <code className="text-mono text-ink">{facts.typedName}</code> to sign
            </>
          }
        >
          <Input
            mono
            id={`${id}-name`}
            value={decision.typed}
            spellCheck={false}
            autoCapitalize="none"
            onChange={(event) => decision.setTyped(event.target.value)}
          />
        </Field>
      ) : null}
      <Checklist facts={facts} decision={decision} seen={props.seen} />
    </>
  )
}

/** What is done and what is missing, each a step that can be seen; missing ones lead to their place. */
function Checklist(props: { facts: DecideFacts; decision: Decision; seen: boolean }) {
  const { facts, decision } = props
  if (decision.verdict === null) {
    return <p className="text-meta text-ink-3">Choose what you decide.</p>
  }
  const careful = facts.riskTier === 'high' || facts.riskTier === 'critical'
  const steps: { done: boolean; words: string; href?: string }[] = []
  if (needsReason(decision.verdict)) {
    steps.push({ done: decision.reason.trim() !== '', words: 'Reason given' })
  } else {
    if (careful) {
      steps.push({
        done: props.seen,
        words: 'Read to the end at this digest',
        href: '#read-to-here',
      })
    }
    if (facts.typedName !== null) {
      steps.push({ done: decision.typed === facts.typedName, words: 'Name typed' })
    }
  }
  return (
    <ul aria-label="Before it can be recorded" className="flex flex-col gap-0.5 text-meta">
      {steps.map((step) => (
        <li key={step.words} className="flex min-h-5 items-center gap-2 text-ink-2">
          <Shape name={step.done ? 'check' : 'ring'} ink={step.done ? 'green' : 'grey'} />
          {step.done || !step.href ? (
            step.words
          ) : (
            <TextLink href={step.href} replace>
              {step.words}
            </TextLink>
          )}
          <span className="sr-only">{step.done ? 'done' : 'missing'}</span>
        </li>
      ))}
    </ul>
  )
}

function Commit(props: { facts: DecideFacts; decision: Decision }) {
  const { facts, decision } = props
  const online = useOnline()
  if (decision.recorded) {
    return (
      <p role="status">
        <strong className="font-semibold">Recorded.</strong> {decision.recorded.effect}{' '}
        {decision.recorded.fact ? (
          <TextLink href={`/log?fact=${decision.recorded.fact}`}>Receipt</TextLink>
        ) : null}
      </p>
    )
  }
  if (facts.why !== null) {
    return facts.state === 'open' ? <p className="text-ink-2">{facts.why}</p> : null
  }
  const verb = facts.verbs.find((one) => one.verdict === decision.verdict)
  const blocked = online
    ? decision.missing[0]
    : 'Deciding is off until the connection is back. Your reason is kept on this device.'
  return (
    <>
      {decision.failure ? (
        <p role="alert" className="text-red">
          {decision.failure}
        </p>
      ) : null}
      {verb && blocked ? <p className="text-meta text-red">{blocked}</p> : null}
      <Button
        tone="primary"
        size="commit"
        keys="⌘↵"
        className="w-full"
        disabled={!verb || blocked !== undefined}
        pending={decision.pending}
        onClick={decision.record}
      >
        {decision.pending ? 'Recording your decision' : (verb?.commit ?? 'Sign')}
      </Button>
    </>
  )
}
