import { clockOf, RUN_SHAPE, stateWords } from '@/components/runs/words'
import { InvisibleText } from '@/components/ui/invisible-text'
import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { RowLink, Table, Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { RunRow } from '@/lib/runs/queries/list'

const SHOWN = 6

/** Runs that are under way or wait for somebody. */
export function Running(props: { runs: readonly RunRow[]; clock: Clock }) {
  const { runs, clock } = props
  const held = runs.filter((run) => run.word === 'Held').length
  return (
    <section>
      <SectionHead
        title="Running"
        remark={
          runs.length === 0 ? null : `${runs.length} under way${held > 0 ? `, ${held} held` : ''}`
        }
        aside={<TextLink href="/runs">All runs</TextLink>}
      />
      {runs.length === 0 ? (
        <p className="py-3 text-ink-2">No run is under way.</p>
      ) : (
        <Table caption="Runs under way">
          <thead className="sr-only">
            <tr>
              <th scope="col">State</th>
              <th scope="col">Run</th>
              <th scope="col">Task</th>
              <th scope="col">Agent</th>
              <th scope="col">Waits for</th>
              <th scope="col">Since it began</th>
            </tr>
          </thead>
          <tbody>
            {runs.slice(0, SHOWN).map((run) => (
              <Tr key={run.id}>
                <Td className="w-7 pr-0">
                  <State kind="run" is={RUN_SHAPE[run.word]} hideWord />
                </Td>
                <Td className="w-12">
                  <RowLink href={`/runs/${run.id}`} className="font-normal! text-acc!">
                    {run.number}
                  </RowLink>
                </Td>
                <Td className="max-w-0 truncate" title={run.task}>
                  <bdi className="font-medium">
                    <InvisibleText text={run.task} />
                  </bdi>
                </Td>
                <Td quiet className="w-[20%] max-w-0 truncate max-md:hidden" title={run.agent}>
                  {run.agent}
                </Td>
                <Td className="w-[28%] max-w-0 truncate max-lg:hidden" title={stateWords(run)}>
                  <span className={run.word === 'Held' ? 'text-amb' : 'text-ink-2'}>
                    {run.word === 'Running' ? `step ${run.step}` : stateWords(run)}
                  </span>
                </Td>
                <Td right className="w-[84px] pr-0 whitespace-nowrap">
                  {clockOf(clock.now - Date.parse(run.createdAt))}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}
