import { State } from '@/components/ui/state-shape'
import { Table, Td, Tr } from '@/components/ui/table'

export type ShownChange = { part: string; sentence: string; loosens: boolean }

/** What a constitution changes, in words: first what loosens, because that is what a signature lets through. */
export function ChangeList(props: { changes: readonly ShownChange[] }) {
  const { changes } = props
  if (changes.length === 0) {
    return <p className="py-2 text-ink-2">No rule changes. What differs is wording alone.</p>
  }
  const inOrder = [...changes].sort((a, b) => Number(b.loosens) - Number(a.loosens))
  const loosening = inOrder.some((one) => one.loosens)
  return (
    <Table caption="What the constitution changes">
      <thead className="sr-only">
        <tr>
          {loosening ? <th scope="col">Direction</th> : null}
          <th scope="col">Change</th>
          <th scope="col">Page</th>
        </tr>
      </thead>
      <tbody>
        {inOrder.map((change) => (
          <Tr key={`${change.part} ${change.sentence}`}>
            {loosening ? (
              <Td className="w-[104px] whitespace-nowrap">
                {change.loosens ? <State kind="change" is="widening" /> : null}
              </Td>
            ) : null}
            <Td className="py-1.5 [overflow-wrap:anywhere]">
              <bdi>{change.sentence}</bdi>
            </Td>
            <Td right quiet className="w-[96px] pr-0 text-meta whitespace-nowrap">
              {change.part}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
