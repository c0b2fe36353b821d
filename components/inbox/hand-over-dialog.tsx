'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Select, Textarea } from '@/components/ui/field'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { handOver } from '@/lib/inbox/actions'
import type { Colleague } from './arrange-buttons'
import { useArrange } from './use-arrange'

/** Gives one item to somebody who may decide it by themselves, with a note for them. */
export default function HandOverDialog(props: {
  approvalId: string
  people: readonly Colleague[]
  close: () => void
}) {
  const { approvalId, people, close } = props
  const [toId, setTo] = useState('')
  const [note, setNote] = useState('')
  const { arrange, pending, problem } = useArrange(handOver)
  const name = people.find((one) => one.id === toId)?.name
  const send = async () => {
    if (await arrange({ approvalId, toId, note: note.trim() }, `Handed to ${name}.`)) close()
  }
  return (
    <Dialog
      open
      onClose={close}
      title="Hand this item over"
      sentence="It leaves your inbox and comes to them as from you. They decide by themselves; you still may."
      actions={
        <>
          <Button onClick={close}>Keep it</Button>
          <Button
            tone="primary"
            disabled={name === undefined}
            pending={pending}
            onClick={() => void send()}
          >
            {name === undefined ? 'Hand over' : `Hand to ${name}`}
          </Button>
        </>
      }
    >
      <Field id="hand-to" label="To" error={problem ?? undefined}>
        <Select
          id="hand-to"
          data-autofocus
          value={toId}
          onChange={(event) => setTo(event.target.value)}
        >
          <option value="">Choose who may decide it</option>
          {people.map((one) => (
            <option key={one.id} value={one.id}>
              {one.away ? `${one.name}, away now` : one.name}
            </option>
          ))}
        </Select>
      </Field>
      <Field id="hand-note" label="Note for them, kept in the record" source="optional">
        <Textarea
          id="hand-note"
          rows={2}
          dir="auto"
          maxLength={MAX_MESSAGE}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </Field>
    </Dialog>
  )
}
