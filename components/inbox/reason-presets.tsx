import { Button } from '@/components/ui/button'
import type { ApprovalKind, Verdict } from '@/lib/approvals/model'
import { reasonsFor } from '@/lib/inbox/rules/reasons'

/** Sentences to begin with, while nothing is written yet. Choosing one puts it into the field. */
export function ReasonPresets(props: {
  kind: ApprovalKind
  verdict: Verdict | null
  reason: string
  choose: (text: string) => void
}) {
  const reasons = props.reason === '' ? reasonsFor(props.kind, props.verdict) : []
  if (reasons.length === 0) return null
  return (
    <ul aria-label="Reasons to begin with" className="flex flex-wrap gap-1.5">
      {reasons.map((reason) => (
        <li key={reason} className="max-w-full">
          <Button
            size="small"
            className="h-auto! min-h-(--control-small) max-w-full py-0.5! text-left font-normal! whitespace-normal!"
            onClick={() => props.choose(reason)}
          >
            {reason}
          </Button>
        </li>
      ))}
    </ul>
  )
}
