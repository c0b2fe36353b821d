import { Fragment } from 'react'
import { GroupRow, RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TallyMark } from '@/components/ui/tally'
import type { LogLine } from './lines'

/** Facts by day, newest first: number, leaf, time, name of the fact, what it is about, by whom. */
export function LogTable(props: {
  days: readonly { day: string; lines: readonly LogLine[] }[]
  selected: string | null
  hrefOf: (id: string) => string
}) {
  return (
    <Table caption="Facts" density="log" edge={20}>
      <TableHead sticky>
        <Th right width={64}>
          No.
        </Th>
        <Th width={48} className="max-sm:hidden">
          Leaf
        </Th>
        <Th width={76}>Time</Th>
        <Th>Fact</Th>
        <Th className="max-md:hidden">About</Th>
        <Th className="max-lg:hidden">By</Th>
      </TableHead>
      <tbody>
        {props.days.map(({ day, lines }) => (
          <Fragment key={day}>
            <GroupRow columns={6}>{day}</GroupRow>
            {lines.map((line) => (
              <Tr key={line.id} selected={line.id === props.selected}>
                <Td right className="text-ink-3">
                  {line.seq === null ? 'waits' : line.seq.toLocaleString('en-GB')}
                </Td>
                <Td className="max-sm:hidden">
                  <TallyMark digest={line.hash} />
                </Td>
                <Td quiet className="whitespace-nowrap">
                  {line.time}
                </Td>
                <Td className="whitespace-nowrap">
                  <RowLink
                    href={props.hrefOf(line.id)}
                    scroll={false}
                    className={`font-mono text-mono font-normal ${line.refused ? 'text-red' : ''}`}
                  >
                    {line.action}
                  </RowLink>
                </Td>
                <Td className="w-full max-w-0 truncate max-md:hidden" title={line.about}>
                  <bdi>{line.about}</bdi>
                </Td>
                <Td quiet className="whitespace-nowrap max-lg:hidden">
                  <bdi>{line.by}</bdi>
                </Td>
              </Tr>
            ))}
          </Fragment>
        ))}
      </tbody>
    </Table>
  )
}
