import { calendarWords } from '@/components/agents/marks'
import { Badge } from '@/components/ui/badge'
import { State } from '@/components/ui/state-shape'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { WaiverView } from '@/lib/agents/model'
import type { WaiverRow, WaiverStanding } from '@/lib/agents/queries/waivers'
import { daysBetween, localDate } from '@/lib/core/time'
import { WaiverVerbs } from './waiver-verbs'

export type WaiverReader = {
  id: string
  mayAsk: (row: WaiverRow) => boolean
  mayRevoke: (row: WaiverRow) => boolean
}

const SOON_DAYS = 7

/** Waivers as rows; the row leads to the item in the inbox, where all of it can be read. */
export function WaiverTable(props: {
  rows: readonly WaiverRow[]
  view: WaiverView
  reader: WaiverReader
  clock: Clock
}) {
  const { view } = props
  return (
    <Table caption="Waivers" edge={20} stack>
      <TableHead sticky>
        <Th hidden>Severity</Th>
        <Th>Finding</Th>
        <Th>Agent</Th>
        <Th>Owner</Th>
        <Th>{view === 'open' ? 'Asked by' : 'Approved by'}</Th>
        <Th>{view === 'ended' ? 'Became' : 'Last day'}</Th>
        <Th hidden>What can be done</Th>
      </TableHead>
      <tbody>
        {props.rows.map((row) => (
          <WaiverLine key={row.id} row={row} {...props} />
        ))}
      </tbody>
    </Table>
  )
}

function WaiverLine(props: {
  row: WaiverRow
  view: WaiverView
  reader: WaiverReader
  clock: Clock
}) {
  const { row, view, reader, clock } = props
  return (
    <Tr>
      <Td at="lead" className="w-0">
        <State kind="finding" is={row.severity} hideWord />
      </Td>
      <Td at="title" className="max-w-0 w-full py-1.5 max-sm:max-w-none">
        <RowLink href={`/inbox/${row.approvalId}`} title={row.message}>
          <bdi className="line-clamp-2 [overflow-wrap:anywhere]">{row.message}</bdi>
        </RowLink>
        <span className="flex flex-wrap items-baseline gap-x-3 text-meta text-ink-3">
          <TextLink href={`/constitution/rules/${row.rule}`} className="text-ink-3!">
            <code className="text-mono">{row.rule}</code>
          </TextLink>
        </span>
      </Td>
      <Td className="whitespace-nowrap">
        <TextLink href={`/agents/${row.slug}`}>{row.slug}</TextLink>
      </Td>
      <Td quiet className="whitespace-nowrap">
        <bdi>{row.owner}</bdi>
      </Td>
      <Td quiet className="whitespace-nowrap max-lg:hidden" at="none">
        <bdi>{view === 'open' ? row.askedBy : row.approvedBy.join(', ')}</bdi>
      </Td>
      <Td at="end" className="whitespace-nowrap">
        {view === 'ended' ? (
          <Became row={row} clock={clock} />
        ) : (
          <LastDay row={row} clock={clock} />
        )}
      </Td>
      <Td at="none" className="w-0 whitespace-nowrap">
        <WaiverVerbs
          waiverId={row.id}
          slug={row.slug}
          rule={row.rule}
          fingerprint={row.fingerprint}
          may={{
            withdraw: row.standing === 'open' && row.askedById === reader.id,
            revoke: row.standing === 'in_force' && reader.mayRevoke(row),
            renew: row.standing === 'in_force' && reader.mayAsk(row),
          }}
        />
      </Td>
    </Tr>
  )
}

/** The day in words, amber in its last week, and how far away it is. */
export function LastDay(props: { row: Pick<WaiverRow, 'endsOn'>; clock: Clock }) {
  const { row, clock } = props
  const days = daysBetween(localDate(new Date(clock.now)), row.endsOn)
  const away = days === 0 ? 'today' : days === 1 ? 'tomorrow' : `in ${days} days`
  return (
    <time dateTime={row.endsOn} className={days <= SOON_DAYS ? 'text-amb' : undefined}>
      {calendarWords(row.endsOn, clock)}
      <span className="block text-meta text-ink-3">{away}</span>
    </time>
  )
}

const ENDED: Record<WaiverStanding, string> = {
  open: 'open',
  in_force: 'in force',
  over: 'last day passed',
  rejected: 'denied',
  withdrawn: 'withdrawn',
  revoked: 'revoked',
}

function Became(props: { row: WaiverRow; clock: Clock }) {
  const { row, clock } = props
  return (
    <span className="flex items-center gap-2">
      <Badge>{ENDED[row.standing]}</Badge>
      <span className="text-ink-3">{calendarWords(row.endsOn, clock)}</span>
    </span>
  )
}
