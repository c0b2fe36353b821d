'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { useAction } from '@/components/ui/use-action'
import { discardDraft } from '@/lib/agents/actions'
import type { Saver } from './saver'

/** Closes a draft beside a live version. Its saved revisions stay in the record. */
export function Discard(props: {
  slug: string
  draftId: string
  live: string
  proposed: boolean
  saver: Saver
}) {
  const router = useRouter()
  const [open, setOpen] = useState(false)
  const { send, pending, failure } = useAction(discardDraft)
  return (
    <>
      <Button tone="quiet" size="commit" onClick={() => setOpen(true)}>
        Discard
      </Button>
      <Dialog
        open={open}
        onClose={() => setOpen(false)}
        title={`Discard the draft of ${props.slug}?`}
        sentence={
          <>
            {props.live} stays as it is. Saved revisions stay in the record.
            {props.proposed ? ' The open proposal and every signature on it fall away.' : ''}
            {failure ? <span className="block pt-2 text-red">{failure.message}</span> : null}
          </>
        }
        actions={
          <>
            <Button size="commit" keys="Esc" onClick={() => setOpen(false)}>
              Keep it
            </Button>
            <Button
              tone="destructive"
              size="commit"
              pending={pending}
              onClick={async () => {
                await props.saver.flush()
                const result = await send({
                  draftId: props.draftId,
                  revision: props.saver.revision(),
                })
                if (result.ok) router.push(`/agents/${props.slug}`)
              }}
            >
              Discard the draft
            </Button>
          </>
        }
      />
    </>
  )
}
