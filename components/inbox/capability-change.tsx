import clsx from 'clsx'
import type { ReactNode } from 'react'
import { ChangeBadge, State } from '@/components/ui/state-shape'
import type { RiskTier } from '@/lib/approvals/model'
import type { CapabilityChange, CapabilityRow } from '@/lib/definition/model'

const BADGE = {
  widening: 'widening',
  mixed: 'widening',
  narrowing: 'narrowing',
  prose: 'prose',
  none: 'prose',
} as const
const SIGN = { '+': '+', '-': '−', '~': '~' } as const
const DIRECTION = {
  widens: { word: '↑ Widens', ink: 'text-amb' },
  narrows: { word: '↓ Narrows', ink: 'text-grn' },
  neutral: { word: 'Neither', ink: 'text-ink-3' },
} as const

/** What the agent may do afterwards that it may not do now, and the other way round. */
export function CapabilityTable(props: { change: CapabilityChange; consequences: ReactNode }) {
  const { change } = props
  return (
    <section
      aria-label="Capability change"
      className="overflow-hidden rounded-box border border-line-2"
    >
      <div className="flex min-h-9 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line-2 px-3 py-1.5">
        <ChangeBadge is={BADGE[change.direction]} />
        <h2 className="font-semibold">{change.sentence}</h2>
        <span className="ml-auto text-meta text-ink-2 @max-[860px]/item:hidden">
          computed from the two definitions, not from the message
        </span>
      </div>
      {change.rows.length === 0 ? (
        <p className="border-b border-line px-3 py-2 text-ink-2">No capability moved.</p>
      ) : (
        <table className="w-full border-collapse text-left">
          <caption className="sr-only">Capability change</caption>
          <thead className="sr-only">
            <tr>
              <th scope="col">Capability</th>
              <th scope="col" className="@max-[559px]/item:hidden">
                Direction
              </th>
              <th scope="col">Meaning</th>
              <th scope="col">Risk</th>
            </tr>
          </thead>
          <tbody>
            {change.rows.map((row) => (
              <Row key={`${row.op} ${row.name}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {props.consequences}
    </section>
  )
}

function Row(props: { row: CapabilityRow }) {
  const { row } = props
  const direction = DIRECTION[row.direction]
  const risky = row.direction === 'widens' && row.risk !== 'low'
  return (
    <tr className={clsx('border-b border-line align-top', risky && 'bg-amb-soft')}>
      <th scope="row" className="min-w-[112px] py-2 pr-3 pl-3 font-normal">
        <span
          className={clsx(
            'grid grid-cols-[16px_minmax(0,1fr)] font-mono text-mono font-medium [overflow-wrap:anywhere]',
            risky && 'text-amb',
          )}
        >
          <span>{SIGN[row.op]}</span>
          <bdi>{row.name}</bdi>
        </span>
        <span className={clsx('block pl-4 @min-[560px]/item:hidden', direction.ink)}>
          {direction.word}
        </span>
      </th>
      <td className={clsx('whitespace-nowrap py-2 pr-3 @max-[559px]/item:hidden', direction.ink)}>
        {direction.word}
      </td>
      <td className="py-2 pr-3">
        {sentenceCase(row.meaning)}
        {tellsMore(row) ? (
          <span className="block font-mono text-mono text-ink-2 [overflow-wrap:anywhere]">
            <bdi>{row.before ?? 'nothing'}</bdi> → <bdi>{row.after ?? 'nothing'}</bdi>
          </span>
        ) : null}
      </td>
      <td className="whitespace-nowrap py-2 pr-3">
        <State kind="risk" is={row.risk} />
      </td>
    </tr>
  )
}

/** The values before and after, unless the meaning says them already. */
function tellsMore({ before, after, meaning }: CapabilityRow): boolean {
  return [before, after].some((value) => value !== undefined && !meaning.includes(value))
}

function sentenceCase(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** What follows from the change by the rules of the house: old struck, then new. */
export function Consequences(props: {
  change: CapabilityChange
  quorumBefore: number | null
  quorum: number
}) {
  const { change, quorum, quorumBefore } = props
  return (
    <dl className="flex flex-wrap [&>div]:border-r [&>div]:border-line [&>div]:px-3 [&>div]:py-2 [&>div:last-child]:border-r-0 [&_dt]:text-meta [&_dt]:text-ink-2">
      <div>
        <dt>Risk tier</dt>
        <dd className="flex flex-wrap items-center gap-x-2">
          <Tier before={change.tierBefore} after={change.tierAfter} />
        </dd>
      </div>
      <div>
        <dt>Approvals</dt>
        <dd>
          {quorumBefore !== null && quorumBefore !== quorum ? (
            <>
              <del className="text-ink-3">{quorumBefore}</del> →{' '}
            </>
          ) : null}
          {quorum}
        </dd>
      </div>
      <div>
        <dt>Version</dt>
        <dd>{change.bump}</dd>
      </div>
      {change.routingChanged ? (
        <div>
          <dt>Routing</dt>
          <dd>The description changed: hosts pick agents by it.</dd>
        </div>
      ) : null}
    </dl>
  )
}

function Tier(props: { before: RiskTier | null; after: RiskTier }) {
  if (props.before === null || props.before === props.after) {
    return <State kind="risk" is={props.after} />
  }
  return (
    <>
      <State kind="risk" is={props.before} />
      <span aria-hidden="true">→</span>
      <span className="sr-only">becomes</span>
      <State kind="risk" is={props.after} />
    </>
  )
}
