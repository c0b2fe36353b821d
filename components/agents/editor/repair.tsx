'use client'

import { useMemo, useState } from 'react'
import { Button } from '@/components/ui/button'
import { ChangeCount } from '@/components/ui/diff-view'
import { TextCompare } from '@/components/ui/text-compare'
import { decodeBytes } from '@/lib/definition/decode'
import type { DefinitionContent } from '@/lib/definition/model'
import { repairFrontmatter } from '@/lib/definition/repair'
import type { ApplyEdit } from './form-fields'

/**
 * Why the form is off, and what would mend it: a proposal to look at, never applied unseen. Where no
 * repair is certain enough there is none.
 */
export function Repair(props: { content: DefinitionContent; disabled: boolean; apply: ApplyEdit }) {
  const { content } = props
  const [reason, setReason] = useState<string | null>(null)
  const offer = useMemo(() => repairFrontmatter(content), [content])
  const after = useMemo(() => (offer.ok ? decodeBytes(offer.bytes).text : null), [offer])
  return (
    <div className="rounded-box border border-amb-edge">
      <p role="status" className="bg-amb-soft px-3 py-2">
        {content.frontmatter === null
          ? 'There is no front matter that can be read, so the form is off.'
          : 'The front matter does not parse, so the form is off.'}{' '}
        {offer.ok ? 'This would mend it; nothing is changed until you apply it.' : offer.reason}
      </p>
      {after === null ? null : (
        <div className="flex flex-col gap-2 p-2">
          <TextCompare
            id="repair"
            label="The offered repair"
            before={content.text}
            after={after}
            head={(diff) => (
              <>
                <span>Offered repair</span>
                <ChangeCount added={diff.added} removed={diff.removed} />
              </>
            )}
          />
          <div className="flex items-center gap-3">
            <Button
              tone="primary"
              disabled={props.disabled}
              onClick={() => setReason(props.apply(repairFrontmatter))}
            >
              Apply this repair
            </Button>
            {reason === null ? null : <span className="text-meta text-red">{reason}</span>}
          </div>
        </div>
      )}
    </div>
  )
}
