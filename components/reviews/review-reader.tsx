import type { ReactNode } from 'react'
import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ReviewItem } from '@/lib/reviews/queries'
import { AttestForm } from './attest-form'
import { dateWords, OUTCOME_WORDS } from './words'

/** One review: what is attested, what changed, what it did, what it never used, then the decision. */
export function ReviewReader(props: { item: ReviewItem; clock: Clock }) {
  const { item, clock } = props
  const record = (
    <>
      <p className="text-meta text-ink-2">
        Review · {item.department} ·{' '}
        <span className={item.due === 'overdue' && item.state === 'open' ? 'text-red' : ''}>
          due {dateWords(item.dueOn, clock)}
          {item.due === 'overdue' && item.state === 'open' ? ', overdue' : ''}
        </span>
      </p>
      <h1 className="flex flex-wrap items-center gap-x-3 pt-1 text-heading">
        <TextLink href={`/agents/${item.agent}`} className="text-ink">
          {item.agent} {item.version}
        </TextLink>
        <Tally digest={item.digest} rule={{ state: 'sealed' }} />
      </h1>
      <p className="text-ink-2">
        Published <Time at={item.publishedAt} clock={clock} /> by {item.author}.{' '}
        {recommendation(item)}
      </p>
      <div className="grid gap-x-6 pt-4 sm:grid-cols-2">
        <Facts title={item.previous ? 'What changed since last time' : 'First review'}>
          {changes(item, clock)}
        </Facts>
        <Facts title="What it did">{activity(item)}</Facts>
      </div>
      <Capabilities item={item} />
    </>
  )
  if (item.state === 'open') {
    return (
      <AttestForm key={item.id} reviewId={item.id} digest={item.digest} whyNot={item.whyNot}>
        {record}
      </AttestForm>
    )
  }
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-y-auto px-6 pt-5 max-sm:px-4">
      {record}
      <Outcome item={item} clock={clock} />
    </div>
  )
}

/** Computed, never written by a model: names the unused power, or says that nothing stands out. */
function recommendation(item: ReviewItem): ReactNode {
  const unused = item.capabilities.filter((c) => c.runs === 0 && c.risk !== 'low')
  if (item.activity.runs === 0) return 'It has not run on these bytes yet.'
  if (unused.length === 0) return 'Every power above low risk was used.'
  return (
    <>
      Never used:{' '}
      <span className="font-medium text-ink">{unused.map((c) => c.name).join(', ')}</span>.
    </>
  )
}

function Facts(props: { title: string; children: readonly [string, ReactNode][] }) {
  return (
    <section>
      <SectionHead title={props.title} />
      <dl>
        {props.children.map(([label, value]) => (
          <div
            key={label}
            className="flex min-h-8 items-center justify-between gap-3 border-b border-line"
          >
            <dt className="text-ink-2">{label}</dt>
            <dd className="text-right">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function changes(item: ReviewItem, clock: Clock): [string, ReactNode][] {
  const before = item.previous
  if (!before) {
    return [
      ['Definition', `${item.version}, no review before it`],
      ['Findings', findings(item)],
    ]
  }
  const same = before.digest === item.digest
  return [
    ['Definition', same ? 'same bytes' : `${before.version} → ${item.version}`],
    ['Last time', `${OUTCOME_WORDS[before.outcome].label}, ${before.by}`],
    ['On', <Time key="at" at={before.at} clock={clock} />],
    ['Findings', findings(item)],
  ]
}

function findings(item: ReviewItem): string {
  const { errors, warnings, notes } = item.findings
  if (errors + warnings + notes === 0) return 'none'
  const words = [counted(errors, 'error'), counted(warnings, 'warning'), counted(notes, 'note')]
  return words.filter((word) => word !== '').join(', ')
}

function counted(n: number, word: string): string {
  if (n === 0) return ''
  return n === 1 ? `1 ${word}` : `${n} ${word}s`
}

function activity({ activity: a }: ReviewItem): [string, ReactNode][] {
  return [
    ['Runs', a.runs === 0 ? 'none' : `${a.runs}, ${a.finished} finished, ${a.failed} failed`],
    ['Tool calls', a.calls === 0 ? 'none' : a.calls],
    ['Held', a.held],
    ['Denied', a.denied],
  ]
}

function Capabilities(props: { item: ReviewItem }) {
  const { capabilities, activity: did } = props.item
  if (capabilities.length === 0) {
    return <p className="pt-5 text-ink-2">The definition names no tools of its own.</p>
  }
  return (
    <section className="pt-5">
      <Table caption="Capabilities and their use">
        <TableHead>
          <Th>Capability</Th>
          <Th>Risk</Th>
          <Th>Used in {did.runs} runs</Th>
          <Th right>Held / denied</Th>
        </TableHead>
        <tbody>
          {capabilities.map((tool) => (
            <Tr key={`${tool.name} ${tool.line}`}>
              <Td className="font-mono text-mono">{tool.name}</Td>
              <Td>
                <State kind="risk" is={tool.risk} />
              </Td>
              <Td>
                <Use runs={tool.runs} of={did.runs} />
              </Td>
              <Td right>
                {tool.held} / {tool.denied}
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}

function Use(props: { runs: number; of: number }) {
  const part = props.of === 0 ? 0 : Math.round((props.runs / props.of) * 100)
  return (
    <span className="flex items-center gap-2">
      <span aria-hidden="true" className="h-1.5 w-14 bg-line">
        <span className="block h-full bg-ink-2" style={{ width: `${part}%` }} />
      </span>
      {props.runs === 0 ? 'never' : props.runs}
    </span>
  )
}

function Outcome(props: { item: ReviewItem; clock: Clock }) {
  const { item } = props
  if (item.state === 'voided' || item.outcome === null) {
    return (
      <p className="py-5 text-ink-2">
        Voided: a newer version was published, and this review was about other bytes.
      </p>
    )
  }
  return (
    <section className="py-5">
      <SectionHead title={OUTCOME_WORDS[item.outcome].label} remark={`by ${item.completedBy}`} />
      <p className="max-w-[62ch] whitespace-pre-wrap pt-2">{item.reason}</p>
      {item.completedAt ? (
        <p className="pt-1 text-meta text-ink-3">
          <Time at={item.completedAt} clock={props.clock} show="absolute" />
        </p>
      ) : null}
    </section>
  )
}
