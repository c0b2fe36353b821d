'use client'

import { Button } from '@/components/ui/button'
import { toastRecorded } from '@/components/ui/toasts'
import { useAction } from '@/components/ui/use-action'
import { applyFix } from '@/lib/agents/actions'

const SHOWN = 60
const quoted = (text: string) => {
  const plain = text.trim().replace(/\s+/g, ' ')
  return `“${plain.length > SHOWN ? `${plain.slice(0, SHOWN)}…` : plain}”`
}

/** "Removed “Bash”, put “Read” in its place." */
function changeWords(removed: string, added: string): string {
  if (added.trim() === '') return `Removed ${quoted(removed)}.`
  if (removed.trim() === '') return `Added ${quoted(added)}.`
  return `Put ${quoted(added)} in place of ${quoted(removed)}.`
}

/** One click: the repair becomes the next revision of the draft, and says what it changed. */
export function FixButton(props: {
  about: { agentId: string; digest: string; fingerprint: string }
  label: string
}) {
  const { send, pending, failure } = useAction(applyFix)
  return (
    <>
      <Button
        size="small"
        pending={pending}
        title={`${props.label}, as an edit of the draft`}
        className="max-w-full"
        onClick={async () => {
          const result = await send(props.about)
          if (!result.ok) return
          const { revision, removed, added, digest } = result.value
          toastRecorded({
            title: `Draft, revision ${revision}.`,
            remark: changeWords(removed, added),
            digest,
            ...(result.fact ? { receipt: `/log?fact=${result.fact}` } : {}),
          })
        }}
      >
        <span className="block max-w-[260px] truncate">{props.label}</span>
      </Button>
      {failure ? (
        <span role="alert" className="max-w-[30ch] text-right text-meta text-red">
          {failure.message}
        </span>
      ) : null}
    </>
  )
}
