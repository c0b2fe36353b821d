import type { ReactNode } from 'react'
import { LiveRefresh } from '@/components/live/live-refresh'
import { PageHeader } from '@/components/shell/page-header'
import { Reader } from '@/components/shell/panes'
import { Rehearsal, State } from '@/components/ui/state-shape'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { RunPage } from '@/lib/runs/queries/page'
import { AnswerOutcome } from './answer-outcome'
import { Budgets } from './budgets'
import { Lanes } from './lanes'
import { RunRail } from './run-rail'
import { ScrollToHeld } from './scroll-to-held'
import { StopRun } from './stop-run'
import { Timeline } from './timeline'
import { endingWords, RUN_SHAPE, stateWords } from './words'

/** One run: go on, answer or stop. Live until it is over. */
export function RunScreen(props: {
  run: RunPage
  clock: Clock
  facts: number
  /** The held call with its verbs, to stand in its place in the timeline. */
  held: ReactNode
}) {
  const { run, clock } = props
  return (
    <>
      <PageHeader
        crumbs={[{ label: 'Runs', href: '/runs' }, { label: `Run ${run.number}` }]}
        remark={run.rehearsal ? <Rehearsal word="Rehearsal, no AI model" /> : null}
      />
      {run.over ? null : <LiveRefresh facts={props.facts} />}
      <Reader
        head={<Head run={run} clock={clock} />}
        rail={<RunRail run={run} />}
        railLabel="Change-set and pins"
        railWidth="run"
      >
        <Lanes run={run} now={clock.now} zone={clock.zone} />
        <Timeline
          entries={run.timeline}
          zone={clock.zone}
          held={props.held}
          heldApproval={run.waitingFor === 'tool_call' ? run.openApproval : null}
        />
        <Ending run={run} clock={clock} />
        {props.held ? <ScrollToHeld /> : null}
      </Reader>
    </>
  )
}

function Head(props: { run: RunPage; clock: Clock }) {
  const { run, clock } = props
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-2">
        <div className="min-w-0">
          <h1 className="line-clamp-3 text-heading" title={run.task}>
            {run.task}
          </h1>
          <p className="flex flex-wrap items-center gap-x-4 gap-y-1 pt-1 text-ink-2">
            {run.waitingFor === 'tool_call' ? (
              <a href="#held" className="rounded-tag hover:underline">
                <State kind="run" is={RUN_SHAPE[run.word]} word={stateWords(run)} />
              </a>
            ) : (
              <State kind="run" is={RUN_SHAPE[run.word]} word={stateWords(run)} />
            )}
            <span className="flex items-center gap-1.5">
              <TextLink href={`/agents/${run.agent}`}>{run.agent}</TextLink> {run.version}{' '}
              <Tally digest={run.digest} rule={{ state: 'sealed' }} />
            </span>
            <span>
              started by <bdi>{run.startedBy}</bdi>, <Time at={run.createdAt} clock={clock} />
            </span>
            <span>workspace {run.workspace}</span>
          </p>
        </div>
        {run.over ? null : (
          <StopRun
            runId={run.id}
            number={run.number}
            whyNot={
              run.mayStop ? undefined : 'Only an operator or approver of the department stops it.'
            }
          />
        )}
      </div>
      <Budgets run={run} now={clock.now} />
    </div>
  )
}

/** How it ended, or what it waits for, in words below the last step. */
function Ending(props: { run: RunPage; clock: Clock }) {
  const { run } = props
  if (run.error) {
    return (
      <p role="alert" className="max-w-[62ch] text-red">
        {run.error}
      </p>
    )
  }
  if (run.waitingFor === 'outcome' && run.changeSet) {
    return run.changeSet.operations.map((operation, index) =>
      operation.state === 'outcome_unknown' ? (
        <AnswerOutcome
          key={`${operation.callId} ${operation.argv.join(' ')}`}
          runId={run.id}
          operation={index}
          line={operation.argv.join(' ')}
        />
      ) : null,
    )
  }
  if (run.waitingFor === 'change_set' && run.openApproval) {
    return (
      <p className="border-l-2 border-amb-mark pl-3">
        Its changes wait for a decision.{' '}
        <TextLink href={`/inbox/${run.openApproval}`}>Read the change-set and decide</TextLink>
      </p>
    )
  }
  if (!run.over) return null
  return (
    <div className="flex flex-col gap-3">
      <State kind="run" is={RUN_SHAPE[run.word]} />
      <p className="max-w-[62ch] text-ink-2">{endingWords(run.outcome)}</p>
    </div>
  )
}
