'use client'

import { useId, useRef } from 'react'
import { VerbBar } from '@/components/shell/panes'
import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { useKeys } from '@/components/ui/keyboard'
import { Seam } from '@/components/ui/seam'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import type { Verdict } from '@/lib/approvals/model'
import { needsReason } from '@/lib/approvals/rules'
import { MAX_MESSAGE } from '@/lib/core/limits'
import type { DecideFacts, DecideVerb } from './decide-facts'
import { NextItem } from './next-item'
import { ReasonPresets } from './reason-presets'
import { useSeen } from './seen-end'
import { type Decision, useDecision } from './use-decision'
import { useOnline } from './use-online'

/**
 * The verbs under a held call or a change-set. A verb opens what it needs (its effect, a reason);
 * a second press records it. With `why` they are off and the sentence stands beside them.
 */
export function CallVerbs(props: { facts: DecideFacts }) {
  const { facts } = props
  const seen = useSeen(facts.digest)
  const decision = useDecision(facts, seen)
  const chosen = facts.verbs.find((verb) => verb.verdict === decision.verdict)
  const open = decision.recorded === null && facts.why === null
  const surface = useRef<HTMLElement>(null)
  const cancel = () => {
    decision.choose(null)
    requestAnimationFrame(() =>
      surface.current?.querySelector<HTMLElement>('button[data-key]:enabled')?.focus(),
    )
  }
  useKeys(
    'Decision',
    chosen && open ? [{ keys: 'escape', label: 'Do not decide now', run: cancel }] : [],
  )
  const signed = decision.recorded !== null || facts.said !== null
  return (
    <section ref={surface} aria-label="Your decision" className="-mt-1.5 bg-bg">
      <Seam digest={facts.digest} signed={signed} inset />
      {chosen && open ? (
        <Why facts={facts} verb={chosen} decision={decision} cancel={cancel} />
      ) : null}
      <div className="[&>div]:border-t-0">
        <VerbBar lead={<Lead facts={facts} signed={signed} />}>
          <Right
            facts={facts}
            decision={decision}
            chosen={open ? chosen : undefined}
            cancel={cancel}
          />
        </VerbBar>
      </div>
    </section>
  )
}

const SUBJECT = {
  tool_call: 'call',
  change_set: 'change-set',
  proposal: '',
  review: '',
  constitution: '',
  waiver: '',
} as const

function Lead(props: { facts: DecideFacts; signed: boolean }) {
  const { facts } = props
  return (
    <div className="max-sm:flex max-sm:items-center max-sm:gap-3">
      <p className="text-meta text-ink-2">
        {props.signed
          ? 'You signed this'
          : facts.why === null
            ? 'You sign this'
            : 'It is about this'}{' '}
        {SUBJECT[facts.kind]}
      </p>
      <Tally
        digest={facts.digest}
        rule={{ state: 'open', seats: facts.seats.length, signed: props.signed ? 1 : 0 }}
      />
    </div>
  )
}

const LABEL: Record<Verdict, string> = {
  approve: 'Comment, kept in the record',
  request_changes: 'Answer, read by the agent and kept in the record',
  reject: 'Reason, told to the agent and kept in the record',
}

/** What the chosen verb brings about, and its reason. */
function Why(props: {
  facts: DecideFacts
  verb: DecideVerb
  decision: Decision
  cancel: () => void
}) {
  const { facts, verb, decision } = props
  const id = useId()
  const field = useRef<HTMLTextAreaElement>(null)
  const wanted = needsReason(verb.verdict)
  return (
    <div className="flex max-w-[72ch] animate-open flex-col gap-2 px-6 pt-3 max-sm:px-4">
      <p>
        <strong className="font-semibold">{verb.label}.</strong>{' '}
        <span className="text-ink-2">{verb.effect}</span>
      </p>
      <Field
        id={id}
        label={LABEL[verb.verdict]}
        source={wanted ? undefined : 'optional'}
        {...(decision.failure ? { error: decision.failure } : {})}
      >
        <Textarea
          ref={field}
          id={id}
          rows={2}
          dir="auto"
          autoFocus={wanted}
          value={decision.reason}
          maxLength={MAX_MESSAGE}
          onKeyDown={(event) => {
            if (event.key === 'Escape') props.cancel()
          }}
          onChange={(event) => decision.setReason(event.target.value)}
        />
      </Field>
      <ReasonPresets
        kind={facts.kind}
        verdict={verb.verdict}
        reason={decision.reason}
        choose={(reason) => {
          decision.setReason(reason)
          field.current?.focus()
        }}
      />
    </div>
  )
}

type RightProps = {
  facts: DecideFacts
  decision: Decision
  chosen: DecideVerb | undefined
  cancel: () => void
}

function Right(props: RightProps) {
  const { facts, decision, chosen } = props
  if (decision.recorded) {
    return (
      <div role="status" className="flex flex-wrap items-center justify-end gap-3 max-sm:h-auto!">
        <p>
          <strong className="font-semibold">Recorded.</strong> {decision.recorded.effect}{' '}
          {decision.recorded.fact ? (
            <TextLink href={`/log?fact=${decision.recorded.fact}`}>Receipt</TextLink>
          ) : null}
        </p>
        <NextItem />
      </div>
    )
  }
  if (facts.state !== 'open') return <p className="text-ink-2">{facts.settled}</p>
  return chosen ? <Commit {...props} verb={chosen} /> : <Verbs {...props} />
}

function Verbs({ facts, decision }: RightProps) {
  const online = useOnline()
  const clock = facts.deadlineAt === null ? '' : ' The clock runs.'
  const off = online ? facts.why : `Deciding is off until the connection is back.${clock}`
  const approve = facts.verbs.find((verb) => verb.verdict === 'approve')
  const deny = facts.verbs.find((verb) => verb.verdict === 'reject')
  const answer = facts.verbs.find((verb) => verb.verdict === 'request_changes')
  const choose = (verdict: Verdict) => () => decision.choose(verdict)
  const sentence = off ?? facts.whyNotApprove
  return (
    <>
      {sentence ? (
        <p
          id="why-not"
          className="max-w-[44ch] text-meta text-ink-2 max-sm:h-auto! max-sm:basis-full"
        >
          {sentence}
        </p>
      ) : null}
      {deny ? (
        <Button
          tone="danger"
          keys="R"
          disabled={off !== null}
          aria-describedby="why-not"
          onClick={choose('reject')}
        >
          {deny.label}
        </Button>
      ) : null}
      {answer ? (
        <Button
          keys="M"
          disabled={off !== null}
          aria-describedby="why-not"
          onClick={choose('request_changes')}
        >
          {answer.label}
        </Button>
      ) : null}
      {approve ? (
        <Button
          tone="primary"
          keys="A"
          disabled={sentence !== null}
          aria-describedby="why-not"
          onClick={choose('approve')}
        >
          {approve.label}
        </Button>
      ) : null}
    </>
  )
}

function Commit({ decision, verb, cancel }: RightProps & { verb: DecideVerb }) {
  const online = useOnline()
  const blocked = online
    ? decision.missing[0]
    : 'Deciding is off until the connection is back. Your reason is kept on this device.'
  const approving = verb.verdict === 'approve'
  return (
    <>
      {blocked ? (
        <p id="missing" className="text-meta text-red max-sm:h-auto! max-sm:basis-full">
          {blocked}
        </p>
      ) : null}
      <Button keys="Esc" onClick={cancel}>
        Not now
      </Button>
      <Button
        tone={verb.verdict === 'reject' ? 'destructive' : 'primary'}
        keys="⌘↵"
        autoFocus={approving}
        disabled={blocked !== undefined}
        aria-describedby="missing"
        pending={decision.pending}
        onClick={decision.record}
      >
        {decision.pending ? 'Recording your decision' : verb.commit}
      </Button>
    </>
  )
}
