'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { saveRoutingCases } from '@/lib/agents/actions'
import { counted } from '../marks'
import { pastedCases } from './pasted'

/** Adds tests, one or many pasted ones; what cannot be read is named before anything is sent. */
export function AddTests() {
  const [text, setText] = useState('')
  const [wrong, setWrong] = useState<string | null>(null)
  const action = useAction(saveRoutingCases)
  const save = async () => {
    const pasted = pastedCases(text)
    if (pasted.wrong) {
      const { line, text: said } = pasted.wrong
      return setWrong(`Line ${line} does not say who should get it: “${said.slice(0, 60)}”.`)
    }
    setWrong(null)
    const result = await action.send({ cases: pasted.cases })
    if (result.ok) setText('')
  }
  const failure = wrong ?? action.failure?.message
  return (
    <form
      className="max-w-[720px] pt-6"
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field
        id="new-tests"
        label="Add tests"
        hint="One a line: the request, then => and the agent, or => nobody. A request that is there gets the new answer."
        error={failure}
      >
        <Textarea
          id="new-tests"
          rows={4}
          required
          value={text}
          placeholder={'Why is this query slow? => query-explainer\nGood morning => nobody'}
          onChange={(event) => setText(event.target.value)}
          error={failure !== undefined}
        />
      </Field>
      <div className="flex flex-wrap items-center gap-3 pt-3">
        <Button type="submit" tone="primary" pending={action.pending}>
          Save the tests
        </Button>
        {action.done ? (
          <p role="status" className="text-meta text-ink-2">
            {action.done.value.saved === 0
              ? 'They were all here already.'
              : `${counted(action.done.value.saved, 'test')} saved.`}
          </p>
        ) : null}
      </div>
    </form>
  )
}
