import type { ReactNode } from 'react'
import { Bar } from '@/components/ui/bars'
import { MAX_RUN_MINUTES, MAX_RUN_STEPS } from '@/lib/core/limits'
import type { RunPage } from '@/lib/runs/queries/page'
import { clockOf } from './words'

/** How much of each cap is used; a cap that is reached ends the run. */
export function Budgets(props: { run: RunPage; now: number }) {
  const { run, now } = props
  const end = run.finishedAt ? Date.parse(run.finishedAt) : now
  const elapsed = end - Date.parse(run.createdAt)
  const { allowed, held, denied } = run.gate
  const calls = allowed + held + denied
  return (
    <dl className="grid grid-cols-4 border-y border-line-2 max-md:grid-cols-2">
      <Budget label="Elapsed" words={<strong>{clockOf(elapsed)}</strong>}>
        <p className="text-meta text-ink-3">
          at most {MAX_RUN_MINUTES} minutes of work, waiting not counted
        </p>
      </Budget>
      <Budget
        label="Steps"
        words={
          <>
            <strong>{run.step}</strong> of {MAX_RUN_STEPS}
          </>
        }
      >
        <Bar
          share={run.step / MAX_RUN_STEPS}
          words={`${run.step} of ${MAX_RUN_STEPS} steps`}
          thin
        />
      </Budget>
      <Budget label="Tokens" words={<Tokens run={run} />} />
      <Budget
        label="Gate"
        words={
          <>
            <strong>{allowed}</strong> allowed <strong>{held}</strong> held{' '}
            <strong>{denied}</strong> denied
          </>
        }
      >
        <Bar
          share={calls === 0 ? 0 : (held + denied) / calls}
          words={`${held + denied} of ${calls} calls did not pass at once`}
          tone="amber"
          thin
        />
      </Budget>
    </dl>
  )
}

function Budget(props: { label: string; words: ReactNode; children?: ReactNode }) {
  return (
    <div className="border-line px-4 py-2.5 not-first:border-l max-md:odd:border-l-0 max-md:odd:pl-0 first:pl-0 [&_strong]:text-title [&_strong]:font-semibold">
      <dt className="text-meta text-ink-3">{props.label}</dt>
      <dd className="pb-1.5 text-ink-2">{props.words}</dd>
      {props.children ? <dd>{props.children}</dd> : null}
    </div>
  )
}

function Tokens(props: { run: RunPage }) {
  const { tokens, rehearsal } = props.run
  if (rehearsal) return <span>none, no model was used</span>
  if (tokens.input === null) return <span>not reported</span>
  const words = (n: number | null) => (n ?? 0).toLocaleString('en-GB')
  return (
    <>
      <strong>{words(tokens.input)}</strong> in <strong>{words(tokens.output)}</strong> out
    </>
  )
}
