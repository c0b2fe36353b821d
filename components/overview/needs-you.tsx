import { KindIcon } from '@/components/inbox/kind-icon'
import { rowMeta } from '@/components/inbox/row-words'
import { ButtonLink } from '@/components/ui/button'
import { Countdown } from '@/components/ui/countdown'
import { InvisibleText } from '@/components/ui/invisible-text'
import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { RowLink, Table, Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { InboxRow } from '@/lib/inbox/model'
import { KIND_WORDS } from '@/lib/inbox/rules/words'

const SHOWN = 7

/** The decisions that wait for the reader, worst and soonest first. */
export function NeedsYou(props: {
  rows: readonly InboxRow[]
  count: number
  waiting: number
  personId: string
  clock: Clock
}) {
  const { rows, count, clock } = props
  const words = { personId: props.personId, view: 'needs' as const }
  return (
    <section>
      <SectionHead
        title="Needs you"
        remark={count === 0 ? null : 'by risk and time left'}
        aside={<TextLink href="/inbox">{count > SHOWN ? `All ${count}` : 'Open inbox'}</TextLink>}
      />
      {rows.length === 0 ? (
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3 text-ink-2">
          No definition change, held call or change-set needs your decision.
          {props.waiting > 0 ? (
            <ButtonLink size="small" href="/inbox?view=waiting">
              Waiting on others, {props.waiting}
            </ButtonLink>
          ) : null}
        </div>
      ) : (
        <Table caption="Decisions that wait for you">
          <thead className="sr-only">
            <tr>
              <th scope="col">Risk</th>
              <th scope="col">Kind</th>
              <th scope="col">What</th>
              <th scope="col">About</th>
              <th scope="col">Decide by</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, SHOWN).map((row) => (
              <Tr key={row.id}>
                <Td className="w-7 pr-0">
                  <State kind="risk" is={row.riskTier} hideWord />
                </Td>
                <Td quiet className="w-[104px] text-meta max-md:hidden">
                  <span className="flex items-center gap-1.5 whitespace-nowrap">
                    <KindIcon kind={row.kind} />
                    {KIND_WORDS[row.kind]}
                  </span>
                </Td>
                <Td className="max-w-0 truncate py-1" title={row.title}>
                  <RowLink href={`/inbox/${row.id}`} className="block! truncate">
                    <bdi>
                      <InvisibleText text={row.title} />
                    </bdi>
                  </RowLink>
                </Td>
                <Td quiet className="w-[30%] max-w-0 truncate max-lg:hidden">
                  <bdi>{rowMeta(row, words)}</bdi>
                </Td>
                <Td right className="w-[112px] pr-0 whitespace-nowrap">
                  <Due row={row} clock={clock} />
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}

function Due(props: { row: InboxRow; clock: Clock }) {
  const { row, clock } = props
  if (row.deadlineAt === null) {
    return <span className="text-ink-3">{row.kind === 'proposal' ? 'No deadline' : 'Parked'}</span>
  }
  return (
    <Countdown until={row.deadlineAt} clock={clock} subject={row.title} className="font-semibold" />
  )
}
