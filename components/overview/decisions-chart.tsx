import { Legend } from '@/components/ui/bars'
import { SectionHead } from '@/components/ui/section'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { type Clock, dayWords } from '@/components/ui/time-words'
import type { DecisionDay, DecisionStats } from '@/lib/inbox/queries/overview'
import { KIND_WORDS } from '@/lib/inbox/rules/words'
import { waitWords } from './words'

const HEIGHT = 84

/** What people decided in the last four weeks: a bar a day, and the numbers as a table. */
export function Decisions(props: { stats: DecisionStats; clock: Clock }) {
  const { days, waits } = props.stats
  const total = (key: 'approved' | 'changes' | 'denied') =>
    days.reduce((sum, day) => sum + day[key], 0)
  const all = total('approved') + total('changes') + total('denied')
  return (
    <section>
      <SectionHead title="Decisions" remark="last 4 weeks" rule={false} />
      {all === 0 ? (
        <p className="border-t border-line-2 py-3 text-ink-2">
          Nobody has decided anything in the last four weeks.
        </p>
      ) : (
        <>
          <Legend
            entries={[
              { label: 'Approved', count: total('approved'), swatch: 'solid' },
              { label: 'Changes asked', count: total('changes'), swatch: 'striped' },
              { label: 'Denied', count: total('denied'), swatch: 'hollow' },
            ]}
          />
          <Bars days={days} clock={props.clock} />
          <details className="pt-2 text-meta">
            <summary className="w-fit rounded-tag text-acc hover:underline">Table</summary>
            <DayTable days={days} clock={props.clock} />
          </details>
          <dl className="pt-3">
            {waits.map((wait) => (
              <div key={wait.kind} className="flex justify-between gap-3 py-0.5">
                <dt className="text-ink-2">Median wait, {KIND_WORDS[wait.kind].toLowerCase()}</dt>
                <dd>
                  {waitWords(wait.ms)} <span className="text-ink-3">over {wait.count}</span>
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
    </section>
  )
}

const sum = (day: DecisionDay) => day.approved + day.changes + day.denied

function label(day: string, clock: Clock): string {
  return dayWords(Date.parse(`${day}T12:00:00Z`), { now: clock.now, zone: 'UTC' })
}

function Bars(props: { days: readonly DecisionDay[]; clock: Clock }) {
  const highest = Math.max(1, ...props.days.map(sum))
  const px = (count: number) => Math.round((count / highest) * HEIGHT)
  return (
    <div
      role="img"
      aria-label={`Decisions a day over four weeks, at most ${highest}. The table below has the numbers.`}
      className="relative mt-3 forced-ink"
    >
      <span className="absolute top-0 right-0 border-t border-line pl-1 text-tiny text-ink-3">
        {highest}
      </span>
      <div
        className="flex items-end gap-1 border-b border-line-2 pr-7"
        style={{ height: HEIGHT + 2 }}
      >
        {props.days.map((day) => (
          <div key={day.day} className="flex h-full min-w-0 flex-1 flex-col justify-end gap-px">
            {day.denied > 0 ? (
              <span className="border border-red" style={{ height: Math.max(3, px(day.denied)) }} />
            ) : null}
            {day.changes > 0 ? (
              <span className="striped" style={{ height: Math.max(2, px(day.changes)) }} />
            ) : null}
            {day.approved > 0 ? (
              <span className="bg-acc" style={{ height: Math.max(2, px(day.approved)) }} />
            ) : null}
          </div>
        ))}
      </div>
      <div aria-hidden="true" className="flex pr-7 pt-0.5 text-tiny text-ink-3">
        {[0, 7, 14, 21].map((at) => (
          <span key={at} className="flex-1">
            {label(props.days[at]?.day ?? '', props.clock)}
          </span>
        ))}
      </div>
    </div>
  )
}

function DayTable(props: { days: readonly DecisionDay[]; clock: Clock }) {
  return (
    <Table caption="Decisions by day" density="log">
      <TableHead>
        <Th>Day</Th>
        <Th right>Approved</Th>
        <Th right>Changes asked</Th>
        <Th right>Denied</Th>
      </TableHead>
      <tbody>
        {props.days
          .filter((day) => sum(day) > 0)
          .map((day) => (
            <Tr key={day.day}>
              <Td>{label(day.day, props.clock)}</Td>
              <Td right>{day.approved}</Td>
              <Td right>{day.changes}</Td>
              <Td right>{day.denied}</Td>
            </Tr>
          ))}
      </tbody>
    </Table>
  )
}
