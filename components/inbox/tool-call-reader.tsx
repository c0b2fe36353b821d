import { AgentText } from '@/components/ui/agent-text'
import { SectionHead } from '@/components/ui/section'
import { State } from '@/components/ui/state-shape'
import { Table, Td, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ApprovalState } from '@/lib/approvals/model'
import type { InboxItem, SimilarCall, ToolCallSubject } from '@/lib/inbox/model'
import { CallVerbs } from './call-verbs'
import { decideFacts } from './decide-facts'
import { GatedLines, HeldCall } from './held-call'
import { ItemFrame } from './item-frame'
import { Dot, ItemHead } from './item-head'
import { ItemRail, RunFactList, Who } from './rail'
import { SettledNotice } from './settled-notice'

/** A held tool call: allow this or not. */
export function ToolCallReader(props: { item: InboxItem; call: ToolCallSubject; clock: Clock }) {
  const { item, call, clock } = props
  const facts = decideFacts(item)
  return (
    <ItemFrame
      notice={<SettledNotice facts={facts} clock={clock} viewerId={item.viewer.id} />}
      head={
        <ItemHead
          item={item}
          clock={clock}
          title={item.title}
          sentence={sentenceOf(item, call)}
          origin={<Origin item={item} call={call} clock={clock} />}
        />
      }
      rail={<ItemRail item={item} run={call.run} clock={clock} />}
      facts={
        <>
          <RunFactList item={item} run={call.run} />
          <h2 className="pt-4 pb-1.5 font-semibold">Who may decide</h2>
          <Who standing={item.standing} department={item.department} />
        </>
      }
      foot={<CallVerbs facts={facts} />}
    >
      <HeldCall call={call} digest={item.digest} />
      <section aria-label="Rule" className="pt-4">
        <p className="pb-2">
          <strong className="font-semibold">{item.rule.id}</strong>{' '}
          <span className="text-ink-2">holds this. {item.rule.seat}</span>
        </p>
        {call.gated.length > 0 ? (
          <GatedLines label="Commands that are held" lines={call.gated} />
        ) : (
          <p className="text-ink-2">{call.ruleSentence}</p>
        )}
      </section>
      <section className="pt-6">
        <SectionHead
          title={HAPPENS[item.state] ?? 'What it would have done'}
          remark="from the tool register, not from the agent"
          rule={false}
        />
        <p>{whatHappens(item.state, call)}</p>
      </section>
      {call.similar.length > 0 ? <Similar calls={call.similar} clock={clock} /> : null}
      {call.explanation ? <AgentText className="mt-6" text={call.explanation} /> : null}
    </ItemFrame>
  )
}

function sentenceOf(item: InboxItem, call: ToolCallSubject): string {
  const agent = item.agent?.slug ?? 'The agent'
  return `${agent} asks in step ${call.step} of run ${call.run.number}.`
}

const HAPPENS: Partial<Record<ApprovalState, string>> = {
  open: 'What happens if you approve',
  approved: 'What was approved',
}

function whatHappens(state: ApprovalState, call: ToolCallSubject): string {
  if (call.gated.length === 0) return call.effect ?? 'Nobody has classified this tool.'
  const gated = [...new Set(call.gated.map((line) => line.sentence))].join(' ')
  if (state !== 'open' && state !== 'approved') return `${gated} None of it was carried out.`
  const then =
    'The commands are carried out after the change-set of the run was approved, in this order.'
  return `${gated} ${then} Chancery cannot undo what leaves the workspace.`
}

function Origin(props: { item: InboxItem; call: ToolCallSubject; clock: Clock }) {
  const { item, call, clock } = props
  return (
    <>
      Held tool call <Dot /> Step {call.step} of run{' '}
      <TextLink href={`/runs/${call.run.id}`}>{call.run.number}</TextLink> <Dot />
      <span>
        Held <Time at={item.openedAt} clock={clock} /> by rule{' '}
        <code className="text-mono">{item.rule.id}</code>
      </span>
    </>
  )
}

function Similar(props: { calls: readonly SimilarCall[]; clock: Clock }) {
  return (
    <section className="pt-6">
      <SectionHead title="Last similar calls" remark="same agent, same rule, 90 days" />
      <Table caption="Last similar calls">
        <thead className="sr-only">
          <tr>
            <th scope="col">Decision</th>
            <th scope="col">Call</th>
            <th scope="col">Run</th>
            <th scope="col">By whom and when</th>
          </tr>
        </thead>
        <tbody>
          {props.calls.map((one) => (
            <Tr key={one.id}>
              <Td className="w-[104px] whitespace-nowrap">
                <State kind="approval" is={one.state} />
              </Td>
              <Td className="max-w-0 truncate" title={one.line}>
                <TextLink href={`/inbox/${one.id}`} className="text-ink!">
                  <code className="text-mono">{one.line}</code>
                </TextLink>
              </Td>
              <Td quiet className="w-[76px] whitespace-nowrap max-sm:hidden">
                {one.run === null ? null : `run ${one.run}`}
              </Td>
              <Td quiet right className="w-[150px] pr-0 whitespace-nowrap">
                {one.by === null ? null : <bdi>{one.by}, </bdi>}
                <Time at={one.at} clock={props.clock} show="day" />
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
    </section>
  )
}
