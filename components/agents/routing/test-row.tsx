'use client'

import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { Button, IconButton } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { Shape } from '@/components/ui/shape'
import { Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { useAction } from '@/components/ui/use-action'
import { removeRoutingCase, saveRoutingCases } from '@/lib/agents/actions'
import type { RoutedCase } from '@/lib/agents/queries/routing'
import { ChoiceWords } from './choice'
import { hrefOf } from './place'

const ICON = { 'aria-hidden': true, size: 14, strokeWidth: 1.75 } as const

/** One test: what was asked, who should get it, who gets it now. Changed in place. */
export function TestRow(props: { test: RoutedCase; mayEdit: boolean }) {
  const { test } = props
  const [editing, setEditing] = useState(false)
  const remove = useAction(removeRoutingCase)
  if (editing) return <EditRow test={test} onDone={() => setEditing(false)} />
  return (
    <Tr>
      <Td at="lead" className="w-5">
        <Shape name={test.agrees ? 'check' : 'cross'} ink={test.agrees ? 'green' : 'red'} />
        <span className="sr-only">{test.agrees ? 'As expected' : 'Differs'}</span>
      </Td>
      <Td at="title" className="py-1.5 [overflow-wrap:anywhere]">
        <TextLink href={hrefOf('try', test.phrase)}>
          <bdi>{test.phrase}</bdi>
        </TextLink>
        {remove.failure ? (
          <p role="alert" className="text-meta text-red">
            {remove.failure.message}
          </p>
        ) : null}
      </Td>
      <Td className="py-1.5">
        <span className="text-ink-3 sm:hidden">should go to </span>
        <ChoiceWords choice={{ slug: test.expected, tied: [] }} />
      </Td>
      <Td className="py-1.5">
        {test.agrees ? (
          <span className="text-ink-2">as expected</span>
        ) : (
          <>
            <span className="text-ink-3 sm:hidden">goes to </span>
            <ChoiceWords choice={test.chosen} />
          </>
        )}
      </Td>
      {props.mayEdit ? (
        <Td right at="end" className="w-20 whitespace-nowrap">
          <IconButton name={`Change the test “${test.phrase}”`} onClick={() => setEditing(true)}>
            <Pencil {...ICON} />
          </IconButton>
          <IconButton
            name={`Remove the test “${test.phrase}”`}
            disabled={remove.pending}
            onClick={() => void remove.send({ caseId: test.id })}
          >
            <Trash2 {...ICON} />
          </IconButton>
        </Td>
      ) : null}
    </Tr>
  )
}

function EditRow(props: { test: RoutedCase; onDone: () => void }) {
  const { test } = props
  const [phrase, setPhrase] = useState(test.phrase)
  const [expected, setExpected] = useState(test.expected ?? 'nobody')
  const action = useAction(saveRoutingCases)
  const save = async () => {
    const slug = expected.trim() === 'nobody' ? null : expected
    const result = await action.send({ cases: [{ id: test.id, phrase, expected: slug }] })
    if (result.ok) props.onDone()
  }
  return (
    <Tr>
      <Td colSpan={5} at="title" className="py-2">
        <form
          className="flex flex-wrap items-start gap-2"
          onSubmit={(event) => {
            event.preventDefault()
            void save()
          }}
        >
          <Input
            aria-label="Request"
            className="min-w-[240px] flex-[3]"
            value={phrase}
            required
            maxLength={500}
            onChange={(event) => setPhrase(event.target.value)}
          />
          <Input
            aria-label="Agent that should get it, or nobody"
            className="min-w-[160px] flex-1"
            mono
            value={expected}
            required
            maxLength={120}
            onChange={(event) => setExpected(event.target.value)}
          />
          <Button type="submit" tone="primary" pending={action.pending}>
            Save the test
          </Button>
          <Button tone="quiet" onClick={props.onDone}>
            Cancel
          </Button>
          {action.failure ? (
            <p role="alert" className="basis-full text-meta text-red">
              {action.failure.message}
            </p>
          ) : null}
        </form>
      </Td>
    </Tr>
  )
}
