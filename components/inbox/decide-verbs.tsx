import { useRef } from 'react'
import { RadioGroup } from '@/components/ui/choices'
import { Field, Input, Textarea } from '@/components/ui/field'
import { Shape } from '@/components/ui/shape'
import { TextLink } from '@/components/ui/text-link'
import type { Verdict } from '@/lib/approvals/model'
import { needsReason } from '@/lib/approvals/rules'
import { MAX_MESSAGE } from '@/lib/core/limits'
import type { DecideFacts } from './decide-facts'
import { ReasonPresets } from './reason-presets'
import type { Decision } from './use-decision'

const KEYS: Record<Verdict, string | undefined> = {
  approve: 'A',
  request_changes: 'R',
  reject: undefined,
}

/** What can be decided, each with its effect; then the reason, the typed name, what is missing. */
export function Verbs(props: {
  facts: DecideFacts
  decision: Decision
  seen: boolean
  id: string
}) {
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
      <ReasonPresets
        kind={facts.kind}
        verdict={decision.verdict}
        reason={decision.reason}
        choose={(text) => {
          decision.setReason(text)
          reason.current?.focus()
        }}
      />
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
