'use client'

import { type ReactNode, useState } from 'react'
import { VerbBar } from '@/components/shell/panes'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/choices'
import { Field, Textarea } from '@/components/ui/field'
import { Seam } from '@/components/ui/seam'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { useAction } from '@/components/ui/use-action'
import { completeReview } from '@/lib/reviews/actions'
import { REVIEW_OUTCOMES, type ReviewOutcome } from '@/lib/reviews/model'
import { OUTCOME_WORDS } from './words'

/**
 * The attestation under the facts it rests on (`children`): an outcome, a reason, and the bytes it is
 * bound to. The verb stays on screen while the facts scroll. Never optimistic.
 */
export function AttestForm(props: {
  reviewId: string
  digest: string
  whyNot: string | null
  children: ReactNode
}) {
  const [outcome, setOutcome] = useState<ReviewOutcome>('keep')
  const [reason, setReason] = useState('')
  const action = useAction(completeReview)
  const commit = () =>
    action.send({ reviewId: props.reviewId, digest: props.digest, outcome, reason })
  const missing = reason.trim() === '' ? 'A reason is missing.' : undefined
  return (
    <form
      className="flex min-h-0 flex-1 flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        if (!missing && props.whyNot === null) void commit()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.currentTarget.requestSubmit()
        }
      }}
    >
      <div className="min-h-0 flex-1 overflow-y-auto px-6 pt-5 pb-6 max-sm:px-4">
        {props.children}
        <div className="flex flex-col gap-3 pt-5">
          <Segmented
            name="outcome"
            label="What you decide"
            fill
            value={outcome}
            onChange={(value) => setOutcome(value as ReviewOutcome)}
            choices={REVIEW_OUTCOMES.map((value) => ({
              value,
              label: OUTCOME_WORDS[value].label,
            }))}
          />
          <p className="max-w-[62ch] text-meta text-ink-2" aria-live="polite">
            {OUTCOME_WORDS[outcome].effect}
          </p>
          <Field id="reason" label="Reason, kept in the record" error={action.failure?.message}>
            <Textarea
              id="reason"
              name="reason"
              value={reason}
              maxLength={4_000}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
        </div>
      </div>
      <VerbBar
        seam={<Seam digest={props.digest} signed={action.done !== null} />}
        lead={
          <div>
            <p className="text-meta text-ink-2">You attest these bytes</p>
            <Tally digest={props.digest} rule={{ state: 'sealed' }} />
          </div>
        }
      >
        {action.done ? (
          <p className="text-meta" role="status">
            Recorded. <TextLink href={`/log?fact=${action.done.fact ?? ''}`}>See the fact</TextLink>
          </p>
        ) : (
          <Button
            type="submit"
            tone={outcome === 'retire' ? 'destructive' : 'primary'}
            size="commit"
            keys="⌘↵"
            pending={action.pending}
            reason={props.whyNot ?? missing}
          >
            {action.pending ? 'Recording your review' : OUTCOME_WORDS[outcome].verb}
          </Button>
        )}
      </VerbBar>
    </form>
  )
}
