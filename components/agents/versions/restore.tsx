'use client'

import { useRouter } from 'next/navigation'
import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import { restoreVersion } from '@/lib/agents/actions'

/** Opens a draft on the bytes of an older version; it is proposed and approved like any change. */
export function Restore(props: { slug: string; versionId: string; number: string }) {
  const router = useRouter()
  const action = useAction(restoreVersion)
  const restore = async () => {
    const result = await action.send({ versionId: props.versionId })
    if (result.ok) router.push(`/agents/${props.slug}/edit`)
  }
  return (
    <>
      <Button
        size="small"
        pending={action.pending}
        aria-label={`Restore ${props.number} as a draft`}
        onClick={() => void restore()}
      >
        Restore
      </Button>
      {action.failure ? (
        <p role="alert" className="max-w-[28ch] pt-1 text-left text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
    </>
  )
}
