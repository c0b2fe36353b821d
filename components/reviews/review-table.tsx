import { State } from '@/components/ui/state-shape'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Tally } from '@/components/ui/tally'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ReviewRow } from '@/lib/reviews/queries'
import { dateWords, OUTCOME_WORDS } from './words'

const DUE_TONE = { overdue: 'text-red font-medium', due_soon: 'text-amb', later: '' } as const

/** Open reviews by due date, or what was decided, newest first. */
export function ReviewTable(props: {
  rows: readonly ReviewRow[]
  view: 'open' | 'decided'
  selected: string | null
  clock: Clock
}) {
  const open = props.view === 'open'
  return (
    <Table caption={open ? 'Open reviews' : 'Decided reviews'} edge={20}>
      <TableHead sticky>
        <Th hidden width={36}>
          Risk
        </Th>
        <Th>Agent</Th>
        <Th className="max-sm:hidden">Digest under review</Th>
        <Th>{open ? 'Due' : 'Decided'}</Th>
        <Th className="max-md:hidden">Department</Th>
        <Th right className="max-sm:hidden">
          {open ? 'Runs' : 'Outcome'}
        </Th>
      </TableHead>
      <tbody>
        {props.rows.map((row) => (
          <Tr key={row.id} selected={row.id === props.selected}>
            <Td>
              <State kind="risk" is={row.riskTier} hideWord />
            </Td>
            <Td className="max-w-0 w-full truncate">
              <RowLink
                href={`/reviews/${row.id}${open ? '' : '?view=decided'}`}
                title={`${row.agent} ${row.version}`}
              >
                {row.agent}
              </RowLink>
            </Td>
            <Td className="max-sm:hidden">
              <Tally digest={row.digest} rule={{ state: 'sealed' }} />
            </Td>
            <Td className="whitespace-nowrap">
              {open ? (
                <time dateTime={row.dueOn} className={DUE_TONE[row.due]}>
                  {dateWords(row.dueOn, props.clock)}
                </time>
              ) : (
                <Time at={row.completedAt ?? row.dueOn} clock={props.clock} />
              )}
            </Td>
            <Td quiet className="whitespace-nowrap max-md:hidden">
              {row.department}
            </Td>
            <Td right className="whitespace-nowrap max-sm:hidden">
              {open ? row.runs : row.outcome ? OUTCOME_WORDS[row.outcome].label : ''}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
