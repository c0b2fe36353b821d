import clsx from 'clsx'
import { ChangeBadge, State } from '@/components/ui/state-shape'
import type { CapabilityChange, CapabilityRow } from '@/lib/definition/model'

const SIGN = { '+': '+', '-': '−', '~': '~' } as const
const WORDS = { widens: '↑ Widens', narrows: '↓ Narrows', neutral: 'Changes' } as const

/** The kind of badge a direction gets: a mixed change is a widening one to whoever signs it. */
export function badgeOf(change: CapabilityChange): 'widening' | 'narrowing' | 'prose' {
  const { direction } = change
  if (direction === 'widening' || direction === 'mixed') return 'widening'
  return direction === 'narrowing' ? 'narrowing' : 'prose'
}

function ChangeRow(props: { row: CapabilityRow }) {
  const { row } = props
  return (
    <tr
      className={clsx(
        '[&>td]:border-t [&>td]:border-line',
        row.direction === 'widens' && row.risk !== 'low' && 'bg-amb-soft',
      )}
    >
      <td className="h-8 pr-3 pl-3">
        <span className="flex gap-3 font-mono text-mono font-medium">
          <span aria-hidden="true">{SIGN[row.op]}</span>
          <span className="[overflow-wrap:anywhere]">{row.name}</span>
        </span>
      </td>
      <td
        className={clsx(
          'whitespace-nowrap pr-3',
          row.direction === 'narrows' && 'text-grn',
          row.direction === 'widens' && row.risk !== 'low' && 'text-amb',
        )}
      >
        {WORDS[row.direction]}
      </td>
      <td className="pr-3 max-sm:hidden">{row.meaning}</td>
      <td className="pr-3 text-right">
        <State kind="risk" is={row.risk} />
      </td>
    </tr>
  )
}

/** What two definitions differ in, computed from both: one row for each capability. */
export function ChangeTable(props: { change: CapabilityChange }) {
  const { change } = props
  return (
    <section aria-label="Capability change" className="rounded-box border border-line-2">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
        <ChangeBadge is={badgeOf(change)} />
        <strong className="font-semibold">{change.sentence}</strong>
        <span className="ml-auto text-meta text-ink-2">computed from the two definitions</span>
      </div>
      {change.rows.length === 0 ? null : (
        <table className="w-full border-separate border-spacing-0 text-left">
          <caption className="sr-only">Capabilities that change</caption>
          <tbody>
            {change.rows.map((row) => (
              <ChangeRow key={`${row.op} ${row.name}`} row={row} />
            ))}
          </tbody>
        </table>
      )}
      {change.tierBefore !== null && change.tierBefore !== change.tierAfter ? (
        <p className="flex items-center gap-2 border-t border-line px-3 py-1.5">
          <span className="text-meta text-ink-2">Risk tier</span>
          <State kind="risk" is={change.tierBefore} />
          <span aria-hidden="true">→</span>
          <State kind="risk" is={change.tierAfter} />
        </p>
      ) : null}
    </section>
  )
}
