'use client'

import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { Button, type ButtonTone } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import { openDraft } from '@/lib/agents/actions'

/** Opens a draft on the live version (or finds the open one), then goes to the editor. */
export function OpenDraft(props: {
  agentId: string
  to: string
  tone?: ButtonTone
  size?: 'small' | 'normal'
  keys?: string
  children: ReactNode
}) {
  const router = useRouter()
  const { send, pending, failure } = useAction(openDraft)
  return (
    <>
      {failure ? (
        <span role="alert" className="text-meta text-red">
          {failure.message}
        </span>
      ) : null}
      <Button
        tone={props.tone}
        size={props.size}
        keys={props.keys}
        pending={pending}
        onClick={async () => {
          const result = await send({ agentId: props.agentId })
          if (result.ok) router.push(props.to)
        }}
      >
        {props.children}
      </Button>
    </>
  )
}
