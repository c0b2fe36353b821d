import clsx from 'clsx'
import type { CalendarRow } from '@/lib/reviews/queries'

const LOOK = {
  decided: 'bg-acc-fill text-on-fill border-transparent',
  due: 'border-ctl text-ink',
  overdue: 'border-red text-red',
} as const

/** Reviews due per department and week of a quarter; a real table, so that it reads as one. */
export function QuarterCalendar(props: {
  rows: readonly CalendarRow[]
  weeks: readonly { key: string; label: string; current: boolean }[]
}) {
  const departments = [...new Set(props.rows.map((row) => row.department))]
  if (departments.length === 0) return null
  return (
    <table className="w-full table-fixed border-separate border-spacing-0 text-meta max-md:hidden">
      <caption className="sr-only">Reviews due per department and calendar week</caption>
      <thead>
        <tr>
          <th scope="col" className="w-[18%] pb-1">
            <span className="sr-only">Department</span>
          </th>
          {props.weeks.map((week) => (
            <th
              key={week.key}
              scope="col"
              className={clsx(
                'pb-1 text-center',
                week.current ? 'font-semibold text-ink' : 'font-normal text-ink-3',
              )}
            >
              {week.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {departments.map((department) => (
          <tr key={department}>
            <th scope="row" className="h-7 border-t border-line text-left font-normal text-ink-2">
              {department}
            </th>
            {props.weeks.map((week) => (
              <td
                key={week.key}
                className={clsx(
                  'h-7 border-t border-line text-center',
                  week.current && 'border-l border-l-ink',
                )}
              >
                {props.rows
                  .filter((row) => row.department === department && row.week === week.key)
                  .map((row) => (
                    <span
                      key={row.state}
                      title={`${row.count} ${row.state}`}
                      className={clsx(
                        'mx-0.5 inline-block min-w-6 rounded-tag border px-1 leading-4',
                        LOOK[row.state],
                      )}
                    >
                      {row.count}
                      <span className="sr-only"> {row.state}</span>
                    </span>
                  ))}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
