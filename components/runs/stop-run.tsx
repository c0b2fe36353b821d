'use client'

import { Square } from 'lucide-react'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Textarea } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { stopRun } from '@/lib/runs/actions'

/** Ends a run for good. What it wrote stays in its overlay; the workspace is untouched. */
export function StopRun(props: { runId: string; number: number; whyNot: string | undefined }) {
  const [asking, setAsking] = useState(false)
  const [reason, setReason] = useState('')
  const action = useAction(stopRun)
  const stop = async () => {
    const result = await action.send({ runId: props.runId, reason })
    if (result.ok) setAsking(false)
  }
  return (
    <>
      <Button
        tone="danger"
        icon={<Square aria-hidden="true" size={13} strokeWidth={1.9} />}
        reason={props.whyNot}
        onClick={() => setAsking(true)}
      >
        Stop run
      </Button>
      <Dialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Stop run ${props.number}?`}
        sentence="It never goes on. Nothing that it changed reaches the workspace; what it waits for is withdrawn."
        actions={
          <>
            <Button onClick={() => setAsking(false)} keys="Esc">
              Let it run
            </Button>
            <Button tone="destructive" pending={action.pending} onClick={() => void stop()}>
              Stop run {props.number}
            </Button>
          </>
        }
      >
        <Field id="stop-reason" label="Reason, kept in the record" error={action.failure?.message}>
          <Textarea
            id="stop-reason"
            value={reason}
            maxLength={4_000}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
      </Dialog>
    </>
  )
}
