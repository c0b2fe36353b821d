import { RehearsalMark, State } from '@/components/ui/state-shape'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Tally } from '@/components/ui/tally'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { RunRow } from '@/lib/runs/queries/list'
import { RUN_SHAPE } from './words'

/** Runs, newest first. */
export function RunTable(props: { rows: readonly RunRow[]; clock: Clock }) {
  return (
    <Table caption="Runs" edge={20} stack>
      <TableHead sticky>
        <Th right width={56}>
          Run
        </Th>
        <Th>Task</Th>
        <Th>State</Th>
        <Th className="max-md:hidden">Agent</Th>
        <Th className="max-lg:hidden">Definition</Th>
        <Th className="max-lg:hidden">Workspace</Th>
        <Th className="max-xl:hidden">Started by</Th>
        <Th className="max-sm:hidden">Started</Th>
      </TableHead>
      <tbody>
        {props.rows.map((row) => (
          <Tr key={row.id}>
            <Td right at="lead" className="text-ink-3">
              {row.number}
            </Td>
            <Td
              at="title"
              className="w-full max-w-0 truncate max-sm:max-w-none max-sm:whitespace-normal"
            >
              <RowLink href={`/runs/${row.number}`} title={row.task}>
                {row.task}
              </RowLink>
            </Td>
            <Td at="end" className="whitespace-nowrap">
              <State kind="run" is={RUN_SHAPE[row.word]} />
            </Td>
            <Td quiet className="whitespace-nowrap max-md:hidden max-sm:block">
              {row.agent} {row.version}
            </Td>
            <Td className="max-lg:hidden">
              <Tally digest={row.digest} rule={{ state: 'sealed' }} />
            </Td>
            <Td quiet className="whitespace-nowrap max-lg:hidden">
              <span className="flex items-center gap-2">
                {row.workspace}
                {row.rehearsal ? <RehearsalMark /> : null}
              </span>
            </Td>
            <Td quiet className="whitespace-nowrap max-xl:hidden">
              <bdi>{row.startedBy}</bdi>
            </Td>
            <Td quiet className="whitespace-nowrap max-sm:hidden">
              <Time at={row.createdAt} clock={props.clock} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
