import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { Tally } from '@/components/ui/tally'
import type { CapabilityChange, TextDiff } from '@/lib/definition/model'
import { ChangeTable } from '../change-table'

export type ComparedSide = { label: string; digest: string; draft: boolean }

/** Two definitions side by side in words: what may change hands, then the text itself. */
export function Comparison(props: {
  before: ComparedSide
  after: ComparedSide
  fileName: string
  change: CapabilityChange
  diff: TextDiff
}) {
  const { before, after, diff } = props
  const seal = (side: ComparedSide) => (
    <span className="inline-flex items-center gap-2">
      <span className="font-medium">{side.label}</span>
      <Tally digest={side.digest} rule={{ state: side.draft ? 'draft' : 'sealed' }} />
    </span>
  )
  return (
    <section
      aria-label={`${before.label} compared with ${after.label}`}
      className="flex flex-col gap-3 pb-6"
    >
      <h2 className="flex flex-wrap items-center gap-x-3 gap-y-1">
        {seal(before)} <span aria-hidden="true">→</span> {seal(after)}
        {before.digest === after.digest ? <span className="text-ink-2">same bytes</span> : null}
      </h2>
      {before.digest === after.digest ? null : (
        <>
          <ChangeTable change={props.change} />
          <DiffView
            id="d"
            label={`Text of ${props.fileName}`}
            diff={diff}
            head={
              <>
                <span className="font-mono text-mono">{props.fileName}</span>
                <ChangeCount added={diff.added} removed={diff.removed} />
              </>
            }
          />
        </>
      )}
    </section>
  )
}
