import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { RoutingShift } from '@/lib/constitution/routing'
import { counted } from '../marks'
import { ChoiceWords } from './choice'
import { hrefOf } from './place'

export type Impact = { cases: number; shifts: readonly RoutingShift[] }

/** What a changed description does to routing: the tests that it would send elsewhere. */
export function RoutingImpact(props: { impact: Impact }) {
  const { cases, shifts } = props.impact
  return (
    <section className="pt-6">
      <SectionHead
        title="Routing"
        remark="hosts pick agents by their descriptions"
        aside={<TextLink href={hrefOf('tests')}>{counted(cases, 'test')}</TextLink>}
      />
      {shifts.length === 0 ? (
        <p className="flex items-center gap-2 py-2 text-ink-2">
          <Shape name={cases === 0 ? 'ring' : 'check'} ink={cases === 0 ? 'grey' : 'green'} />
          {cases === 0
            ? 'No routing test is kept, so nothing says which requests it moves.'
            : 'No test goes elsewhere.'}
        </p>
      ) : (
        <Table caption="Requests that the new description sends elsewhere" stack>
          <TableHead>
            <Th>Request</Th>
            <Th>Goes to</Th>
            <Th>Would go to</Th>
          </TableHead>
          <tbody>
            {shifts.map((shift) => (
              <Tr key={shift.phrase}>
                <Td at="title" className="py-1.5 [overflow-wrap:anywhere]">
                  <bdi>{shift.phrase}</bdi>
                </Td>
                <Td quiet className="py-1.5">
                  <ChoiceWords choice={shift.before} />
                </Td>
                <Td className="py-1.5">
                  <span aria-hidden="true" className="sm:hidden">
                    →{' '}
                  </span>
                  <ChoiceWords choice={shift.after} />
                  <Verdict shift={shift} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}

function Verdict(props: { shift: RoutingShift }) {
  const { expected, after } = props.shift
  const right = after.slug === expected && after.tied.length === 0
  return right ? (
    <span className="text-ink-3"> as the test wants</span>
  ) : (
    <span className="text-red"> against the test</span>
  )
}
