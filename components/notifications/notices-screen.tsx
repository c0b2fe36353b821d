import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { NoticeTopic } from '@/lib/notifications/model'
import type { NoticeRow } from '@/lib/notifications/queries'
import { ReadAll } from './read-all'

const TOPIC_WORDS: Record<NoticeTopic, string> = {
  approval_needed: 'Needs you',
  approval_settled: 'Decided',
  decision_dismissed: 'No longer counts',
  approval_reminder: 'Running out',
  approval_blocked: 'Nobody may decide',
}

/** What the reader was told, newest first; what is unread stands in full weight. */
export function NoticesScreen(props: {
  page: { rows: readonly NoticeRow[]; next: string | null }
  clock: Clock
}) {
  const { rows, next } = props.page
  const unread = rows.some((row) => row.readAt === null)
  return (
    <>
      <PageHeader crumbs={[{ label: 'Notices' }]} heading>
        {unread ? <ReadAll /> : null}
      </PageHeader>
      <Pane label="Notices">
        {rows.length === 0 ? (
          <Empty title="Nothing to tell">
            <p>
              When something needs your decision, or what you asked for is decided, it stands here
              and goes out by mail.
            </p>
          </Empty>
        ) : (
          <Table caption="Notices, newest first" edge={20} stack>
            <TableHead sticky>
              <Th>Why</Th>
              <Th>What</Th>
              <Th right>When</Th>
            </TableHead>
            <tbody>
              {rows.map((row) => (
                <Tr key={row.id}>
                  <Td at="under" quiet className="whitespace-nowrap">
                    {TOPIC_WORDS[row.topic]}
                  </Td>
                  <Td at="title" className="w-full">
                    <RowLink href={row.href} title={row.sentence}>
                      <span className={row.readAt === null ? 'font-semibold' : 'font-normal'}>
                        {row.readAt === null ? <span className="sr-only">Unread: </span> : null}
                        {row.sentence}
                      </span>
                    </RowLink>
                  </Td>
                  <Td at="end" right quiet className="whitespace-nowrap">
                    <Time at={row.createdAt} clock={props.clock} />
                  </Td>
                </Tr>
              ))}
            </tbody>
          </Table>
        )}
        {next ? (
          <p className="px-5 py-3 max-sm:px-4">
            <ButtonLink href={`/notices?after=${next}`}>Older notices</ButtonLink>
          </p>
        ) : null}
      </Pane>
    </>
  )
}
