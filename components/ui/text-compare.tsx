'use client'

import { type ReactNode, useMemo } from 'react'
import type { TextDiff } from '@/lib/definition/model'
import { DiffView } from './diff-view'
import { useTextWork, type Worked } from './use-text-work'

/** Why a long comparison is not there: said instead of a picture that could be wrong. */
export function WorkWords(props: { worked: Worked<unknown>['state'] }) {
  const words = {
    done: '',
    working: 'Comparing. This is a long text; the rest of the page stays usable.',
    late: 'The comparison was ended after 8 seconds. Both texts are unchanged; read them one by one.',
    failed: 'The comparison could not be started in this browser. Both texts are unchanged.',
  }[props.worked]
  return (
    <p role="status" className="rounded-box border border-line-2 bg-code px-3 py-2 text-ink-2">
      {words}
    </p>
  )
}

/** Two texts compared in the browser; long ones beside the page, so that typing never waits. */
export function TextCompare(props: {
  id: string
  label: string
  before: string
  after: string
  split?: boolean
  head: (diff: TextDiff) => ReactNode
}) {
  const { before, after } = props
  const job = useMemo(() => ({ kind: 'diff' as const, before, after }), [before, after])
  const worked = useTextWork(job)
  if (worked.state !== 'done') return <WorkWords worked={worked.state} />
  return (
    <DiffView
      id={props.id}
      label={props.label}
      diff={worked.answer}
      split={props.split === true}
      head={props.head(worked.answer)}
    />
  )
}
