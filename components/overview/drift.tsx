import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { stateEntry } from '@/components/ui/state-words'
import { TextLink } from '@/components/ui/text-link'
import type { Drift } from '@/lib/inbox/queries/overview'
import { namesWords } from './words'

/** Rules that agents in force break under the rulebook of today, and which agents. */
export function DriftList(props: { drift: readonly Drift[]; active: number }) {
  const { drift } = props
  return (
    <section>
      <SectionHead
        title="Drift"
        remark={drift.length === 0 ? null : `${drift.length} open`}
        aside={<TextLink href="/agents">Agents</TextLink>}
      />
      {drift.length === 0 ? (
        <p className="py-3 text-ink-2">
          {props.active === 0
            ? 'No agent is in force yet. What the checker finds in published ones stands here.'
            : 'None. Every agent in force passes the rulebook of today.'}
        </p>
      ) : (
        <ul>
          {drift.map((one) => {
            const { shape, ink, word } = stateEntry('finding', one.severity)
            const [first] = one.agents
            return (
              <li
                key={`${one.severity} ${one.rule}`}
                className="flex gap-3 border-b border-line py-2"
              >
                <Shape name={shape} ink={ink} className="mt-1" />
                <div className="min-w-0 flex-1">
                  <p className="flex items-baseline justify-between gap-3">
                    <span className="font-semibold">
                      <span className="sr-only">{word}: </span>
                      {one.title}
                    </span>
                    <span className="shrink-0 text-meta text-ink-3">
                      {one.count === 1 ? '1 agent' : `${one.count} agents`}
                    </span>
                  </p>
                  <p className="text-meta text-ink-2 [overflow-wrap:anywhere]">
                    {one.count === 1 && first ? (
                      <TextLink href={`/agents/${first}`}>{first}</TextLink>
                    ) : (
                      namesWords(one.agents, one.count)
                    )}{' '}
                    <code className="text-mono text-ink-3">{one.rule}</code>
                  </p>
                </div>
              </li>
            )
          })}
        </ul>
      )}
    </section>
  )
}
