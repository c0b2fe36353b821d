'use client'

import { useId, useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Input, Textarea } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { resumeAgent, retireAgent, suspendAgent } from '@/lib/agents/actions'
import { MAX_MESSAGE } from '@/lib/core/limits'

type Verb = 'suspend' | 'resume' | 'retire'
const ACTIONS = { suspend: suspendAgent, resume: resumeAgent, retire: retireAgent }

const WORDS: Record<Verb, { label: string; sentence: string; done: string; keep: string }> = {
  suspend: {
    label: 'Suspend',
    sentence: 'No new run starts until it is resumed. Runs that are under way go on.',
    done: 'Suspended. No new run starts.',
    keep: 'Keep it active',
  },
  resume: {
    label: 'Resume',
    sentence: 'Runs can be started again, on the version that is live.',
    done: 'Resumed.',
    keep: 'Leave it suspended',
  },
  retire: {
    label: 'Retire',
    sentence:
      'It never runs, changes or comes back. Its draft, what waits in the inbox about it and its next review are closed. Versions and facts stay.',
    done: 'Retired.',
    keep: 'Keep it',
  },
}

/** What can be done with the state of an agent; which verbs are offered comes from the server's rule. */
export function Lifecycle(props: { agentId: string; slug: string; verbs: readonly Verb[] }) {
  return (
    <>
      {props.verbs.map((verb) => (
        <LifecycleVerb key={verb} verb={verb} agentId={props.agentId} slug={props.slug} />
      ))}
    </>
  )
}

function LifecycleVerb(props: { verb: Verb; agentId: string; slug: string }) {
  const { verb, slug } = props
  const id = useId()
  const words = WORDS[verb]
  const [open, setOpen] = useState(false)
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const { send, pending, failure } = useAction(ACTIONS[verb])
  const retiring = verb === 'retire'
  const ready = reason.trim() !== '' && (!retiring || typed === slug)
  const act = async () => {
    const named = retiring ? { typedName: typed } : {}
    const result = await send({ agentId: props.agentId, reason: reason.trim(), ...named })
    if (!result.ok) return
    setOpen(false)
    announce(words.done)
  }
  return (
    <>
      <Button
        tone={verb === 'resume' ? 'secondary' : retiring ? 'quiet' : 'danger'}
        onClick={() => setOpen(true)}
      >
        {words.label}
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`${words.label} ${slug}?`}
        sentence={words.sentence}
        actions={
          <>
            <Button onClick={() => setOpen(false)}>{words.keep}</Button>
            <Button
              tone={verb === 'resume' ? 'primary' : 'destructive'}
              pending={pending}
              disabled={!ready}
              onClick={() => void act()}
            >
              {words.label} {slug}
            </Button>
          </>
        }
      >
        <Field id={`${id}-why`} label="Reason, kept in the record" error={failure?.message}>
          <Textarea
            id={`${id}-why`}
            data-autofocus=""
            value={reason}
            maxLength={MAX_MESSAGE}
            onChange={(event) => setReason(event.target.value)}
          />
        </Field>
        {retiring ? (
          <Field id={`${id}-name`} label={`Type ${slug}`}>
            <Input
              id={`${id}-name`}
              mono
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
          </Field>
        ) : null}
      </Dialog>
    </>
  )
}
