import clsx from 'clsx'
import type { ReactNode } from 'react'

export type Fact = { label: string; value: ReactNode }

/** Labels and values of a rail: the label quiet, the value in ink. A value that is not there stays blank. */
export function Facts(props: { facts: readonly Fact[]; labelWidth?: number; className?: string }) {
  return (
    <dl
      className={clsx('grid gap-x-3 gap-y-1', props.className)}
      style={{ gridTemplateColumns: `${props.labelWidth ?? 84}px minmax(0, 1fr)` }}
    >
      {props.facts.map((fact) => (
        <div key={fact.label} className="contents">
          <dt className="text-ink-3">{fact.label}</dt>
          <dd className="min-w-0 break-words">{fact.value}</dd>
        </div>
      ))}
    </dl>
  )
}

/** A part of a rail: its heading, what it holds, and the hairline to the next part. */
export function RailPart(props: { title: ReactNode; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="border-b border-line py-4 first:pt-0 last:border-b-0">
      <div className="flex items-baseline justify-between gap-3 pb-1.5">
        <h2 className="font-semibold">{props.title}</h2>
        {props.aside ? <span className="text-meta text-ink-3">{props.aside}</span> : null}
      </div>
      {props.children}
    </section>
  )
}
