'use client'

import { Button } from '@/components/ui/button'
import type { Failure } from '@/lib/core/result'

/** Under a form over the draft: save, take back, and what stands in the way. */
export function SaveBar(props: {
  dirty: boolean
  pending: boolean
  failure: Failure['error'] | null
  onUndo: () => void
}) {
  const { dirty, failure } = props
  return (
    <div className="sticky -bottom-5 -mx-1 mt-3 border-t border-line-2 bg-bg px-1 pt-3 pb-5">
      {failure ? (
        <p role="alert" className="max-w-[80ch] pb-2 text-red">
          {failureWords(failure)}
        </p>
      ) : null}
      <div className="flex items-center gap-3">
        <Button type="submit" tone="primary" pending={props.pending} disabled={!dirty}>
          Save in the draft
        </Button>
        <Button tone="quiet" disabled={!dirty} onClick={props.onUndo}>
          Take back
        </Button>
        <span className="text-ink-3">
          {dirty ? 'Not saved yet.' : 'Saved in the draft. Not in force.'}
        </span>
      </div>
    </div>
  )
}

/** "data.tools.3.name" becomes the row and the column that people see. */
function failureWords(failure: Failure['error']): string {
  const [path, message] = Object.entries(failure.fields ?? {})[0] ?? []
  if (path === undefined || message === undefined) return failure.message
  const parts = path.split('.').slice(2)
  const places = parts.map((part) => (/^\d+$/.test(part) ? `row ${Number(part) + 1}` : part))
  return places.length === 0 ? message : `${places.join(', ')}: ${message}`
}
