import { Empty } from '@/components/ui/empty'
import { Table, TableHead, Th } from '@/components/ui/table'
import type { RoutedCase } from '@/lib/agents/queries/routing'
import { counted } from '../marks'
import { AddTests } from './add-tests'
import { TestRow } from './test-row'

/** Requests whose agent is known: run again now, and on every proposal that changes a description. */
export function Tests(props: { cases: readonly RoutedCase[]; mayEdit: boolean }) {
  const { cases, mayEdit } = props
  const differ = cases.filter((one) => !one.agrees).length
  return (
    <div className="px-6 pt-5 pb-8 max-sm:px-4">
      {cases.length === 0 ? (
        <Empty title="No tests yet" className="px-0! py-0!">
          <p>
            Write down requests and the agent that should get each. They are run again on every
            proposal that changes a description.
          </p>
        </Empty>
      ) : (
        <>
          <h2 className="text-heading">
            {differ === 0
              ? `All ${counted(cases.length, 'request')} go where they should`
              : `${counted(differ, 'request')} of ${cases.length} ${differ === 1 ? 'goes' : 'go'} elsewhere`}
          </h2>
          <p className="max-w-[62ch] pb-3 text-ink-2">
            Run just now under the rulebook in force. A proposal that changes a description says
            which of them it would move.
          </p>
          <Table caption="Routing tests" stack>
            <TableHead>
              <Th hidden>Result</Th>
              <Th>Request</Th>
              <Th>Should go to</Th>
              <Th>Goes to</Th>
              {mayEdit ? <Th hidden>Actions</Th> : null}
            </TableHead>
            <tbody>
              {cases.map((one) => (
                <TestRow key={one.id} test={one} mayEdit={mayEdit} />
              ))}
            </tbody>
          </Table>
        </>
      )}
      {mayEdit ? (
        <AddTests />
      ) : (
        <p className="pt-4 text-meta text-ink-3">
          Authors, approvers and administrators of the whole installation keep these tests.
        </p>
      )}
    </div>
  )
}
