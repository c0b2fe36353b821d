'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { RadioGroup } from '@/components/ui/choices'
import { Field, Textarea } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { answerOutcome } from '@/lib/runs/actions'

const ANSWERS = [
  { value: 'happened', label: 'It happened', effect: 'The run goes on as if it had answered.' },
  {
    value: 'did_not_happen',
    label: 'It did not happen',
    effect: 'The run is told that it failed.',
  },
  { value: 'retry', label: 'Try it again', effect: 'It is carried out once more.' },
] as const

/** A command was started and nobody saw its end. Only a person can say what became of it. */
export function AnswerOutcome(props: { runId: string; operation: number; line: string }) {
  const [answer, setAnswer] = useState('happened')
  const [reason, setReason] = useState('')
  const action = useAction(answerOutcome)
  return (
    <form
      className="flex flex-col gap-3 border-l-2 border-amb-mark py-1 pl-3"
      onSubmit={(event) => {
        event.preventDefault()
        void action.send({ runId: props.runId, operation: props.operation, answer, reason })
      }}
    >
      <p>
        Nobody knows whether <code className="text-mono">{props.line}</code> happened: the worker
        died while it ran. It is never repeated by itself. Look, then say.
      </p>
      <RadioGroup
        name={`answer-${props.operation}`}
        label="What happened"
        value={answer}
        onChange={setAnswer}
        choices={ANSWERS}
      />
      <Field
        id={`how-${props.operation}`}
        label="How you know, kept in the record"
        error={action.failure?.message}
      >
        <Textarea
          id={`how-${props.operation}`}
          value={reason}
          maxLength={4_000}
          onChange={(event) => setReason(event.target.value)}
        />
      </Field>
      <div className="flex justify-end">
        <Button
          type="submit"
          tone="primary"
          pending={action.pending}
          reason={reason.trim() === '' ? 'A reason is missing.' : undefined}
        >
          {action.pending ? 'Recording your answer' : 'Record the answer'}
        </Button>
      </div>
    </form>
  )
}
