import type { ReactNode } from 'react'
import { LiveRefresh } from '@/components/live/live-refresh'
import { PageHeader } from '@/components/shell/page-header'
import { ListAndReader } from '@/components/shell/panes'
import { ButtonLink } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'
import type { Clock } from '@/components/ui/time-words'
import type { LogSummary } from '@/lib/audit/queries/summary'
import { Completeness } from './completeness'
import type { LogLine } from './lines'
import { LogSearch } from './log-search'
import { LogTable } from './log-table'
import { VerifyAll } from './verify-all'

/** The log: is it complete, what happened, and the proof of one fact. */
export function LogScreen(props: {
  query: string
  problem: string | null
  count: string
  days: readonly { day: string; lines: readonly LogLine[] }[]
  next: string | null
  summary: LogSummary
  selected: string | null
  hrefOf: (id: string) => string
  moreHref: string
  mayVerify: boolean
  facts: number
  clock: Clock
  reader: ReactNode
}) {
  const list = (
    <>
      <Completeness summary={props.summary} clock={props.clock} />
      <LogSearch query={props.query} count={props.count} problem={props.problem} />
      {props.days.length === 0 ? (
        <Empty
          title="No fact matches"
          actions={<ButtonLink href="/log">Show every fact</ButtonLink>}
        >
          Try fewer words. Example: action:version.* after:2026-11-01
        </Empty>
      ) : (
        <LogTable days={props.days} selected={props.selected} hrefOf={props.hrefOf} />
      )}
      {props.next === null ? null : (
        <p className="px-5 py-4">
          <ButtonLink href={props.moreHref}>Older facts</ButtonLink>
        </p>
      )}
    </>
  )
  return (
    <>
      <PageHeader heading={props.selected === null} crumbs={[{ label: 'Log' }]}>
        {props.mayVerify ? <VerifyAll /> : null}
      </PageHeader>
      <LiveRefresh facts={props.facts} />
      {props.reader === null ? (
        <section aria-label="Facts" className="min-h-0 flex-1 overflow-y-auto">
          {list}
        </section>
      ) : (
        <ListAndReader listLabel="Facts" width="drawer" reading list={list} reader={props.reader} />
      )}
    </>
  )
}
