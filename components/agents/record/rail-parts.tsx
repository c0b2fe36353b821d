import { RailPart } from '@/components/ui/facts'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { Around } from '@/lib/agents/queries/around'
import type { AgentPage } from '@/lib/agents/queries/page'
import { calendarWords, counted } from '../marks'
import { reachHref } from '../reach/place'

const SHOWN = 6

/** Who may start it, and which servers and tools tie it to others. */
export function WhereUsed(props: { page: AgentPage; around: Around }) {
  const { facts, check } = props.page
  const { callers } = props.around
  const servers = check?.capabilities.mcpServers ?? []
  const tools = [...new Set(check?.capabilities.tools.map((tool) => tool.base) ?? [])]
  const alone = callers.named.length === 0 && callers.any === 0
  return (
    <RailPart
      title="Where used"
      aside={<TextLink href={reachHref({ kind: 'agent', name: facts.slug })}>reach</TextLink>}
    >
      <ul className="flex flex-col gap-1">
        {alone ? <li className="text-ink-2">No agent starts it.</li> : null}
        {callers.named.map((slug) => (
          <li key={slug} className="flex items-baseline justify-between gap-3">
            <TextLink href={`/agents/${slug}`} className="min-w-0 truncate" title={slug}>
              {slug}
            </TextLink>
            <span className="shrink-0 text-ink-2">starts it</span>
          </li>
        ))}
        {callers.more > 0 ? <li className="text-ink-2">and {callers.more} more</li> : null}
        {callers.any > 0 ? (
          <li className="text-ink-2">{counted(callers.any, 'agent')} may start any agent</li>
        ) : null}
        {servers.slice(0, SHOWN).map((name) => (
          <li key={name} className="flex items-baseline justify-between gap-3">
            <TextLink href={reachHref({ kind: 'mcp', name })} className="min-w-0 truncate">
              {name}
            </TextLink>
            <span className="shrink-0 text-ink-2">MCP server</span>
          </li>
        ))}
      </ul>
      {tools.length === 0 ? null : (
        <p className="flex flex-wrap gap-x-2.5 pt-1">
          {tools.slice(0, SHOWN * 2).map((name) => (
            <TextLink
              key={name}
              href={reachHref({ kind: 'tool', name })}
              className="font-mono text-mono"
            >
              {name}
            </TextLink>
          ))}
        </p>
      )}
    </RailPart>
  )
}

/** What is excused or asked for; nothing where there never was a waiver. */
export function Waivers(props: { around: Around; slug: string; clock: Clock }) {
  const live = props.around.waivers.filter(
    (one) => one.standing === 'open' || one.standing === 'in_force',
  )
  if (props.around.waivers.length === 0) return null
  const ended = props.around.waivers.length - live.length
  const all = `/waivers?${new URLSearchParams({ view: 'ended', agent: props.slug })}`
  return (
    <RailPart title="Waivers">
      <ul className="flex flex-col gap-1">
        {live.map((one) => (
          <li key={one.id} className="flex items-baseline justify-between gap-3">
            <TextLink
              href={`/inbox/${one.approvalId}`}
              className="min-w-0 truncate font-mono text-mono"
              title={one.message}
            >
              {one.rule}
            </TextLink>
            <span className="shrink-0 text-ink-2">
              {one.standing === 'open' ? 'asked for' : calendarWords(one.endsOn, props.clock)}
            </span>
          </li>
        ))}
        {ended > 0 ? (
          <li>
            <TextLink href={all}>{ended} ended</TextLink>
          </li>
        ) : null}
      </ul>
    </RailPart>
  )
}

const OUTCOMES: Record<string, string> = {
  keep: 'kept',
  change: 'kept with changes',
  suspend: 'suspended',
  retire: 'retired',
}

/** What people attested, newest first; nothing where nobody has yet. */
export function Reviews(props: { around: Around; clock: Clock }) {
  const { reviews } = props.around
  if (reviews.length === 0) return null
  return (
    <RailPart title="Reviews">
      <ul className="flex flex-col gap-1">
        {reviews.map((one) => (
          <li key={one.id} className="flex items-baseline justify-between gap-3">
            <TextLink href={`/reviews/${one.id}`} className="min-w-0 truncate">
              {OUTCOMES[one.outcome ?? ''] ?? 'completed'}
              {one.by === null ? null : <bdi>, {one.by}</bdi>}
            </TextLink>
            <span className="shrink-0 text-ink-2">
              {one.completedAt === null
                ? null
                : calendarWords(one.completedAt.slice(0, 10), props.clock)}
            </span>
          </li>
        ))}
      </ul>
    </RailPart>
  )
}
