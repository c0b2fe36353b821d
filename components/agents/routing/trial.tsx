import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import type { ScoredAgent } from '@/lib/constitution/descriptions'
import type { Routing, ScoredDomain } from '@/lib/constitution/routing'
import { AgentLink, ChoiceWords, choiceText } from './choice'
import { markedParts } from './marked'

/** A request, and where it would go today and why. */
export function Trial(props: { request: string; routing: Routing | null }) {
  const { request, routing } = props
  return (
    <div className="px-6 pt-5 pb-8 max-sm:px-4">
      <form action="/agents/routing" className="max-w-[720px]">
        <Field
          id="request"
          label="Request"
          hint="Nothing is run. What people and sessions would ask, in their own words."
        >
          <Textarea
            id="request"
            name="q"
            rows={4}
            maxLength={2_000}
            required
            defaultValue={request}
            key={request}
            placeholder="Why does the tariff query take a minute?"
          />
        </Field>
        <div className="pt-3">
          <Button type="submit" tone="primary">
            Find the agent
          </Button>
        </div>
      </form>
      {routing ? <Result request={request} routing={routing} /> : null}
    </div>
  )
}

function Result(props: { request: string; routing: Routing }) {
  const { request, routing } = props
  const { domains, described } = routing
  return (
    <>
      <section aria-labelledby="goes-to" className="pt-6">
        <h2 id="goes-to" className="text-heading text-balance">
          {routing.chosen.tied.length > 0 ? 'Ends in' : 'Goes to'}{' '}
          <ChoiceWords choice={routing.chosen} />
        </h2>
        <p className="max-w-[62ch] pt-0.5 text-ink-2">{ruleSentence(routing)}</p>
        <Differs routing={routing} />
      </section>
      <div className="grid gap-x-10 pt-6 xl:grid-cols-2">
        <section className="min-w-0 pb-6">
          <SectionHead
            title="Keywords of the rulebook"
            aside={routing.rule === 'descriptions' ? 'lead to nobody here' : null}
          />
          {domains.length === 0 ? (
            <p className="py-2 text-ink-2">No domain has a word in this request.</p>
          ) : (
            <>
              <Marked text={request} places={domains.flatMap((domain) => domain.hits)} />
              <Domains request={request} domains={domains} />
            </>
          )}
        </section>
        <section className="min-w-0 pb-6">
          <SectionHead title="Descriptions alone" aside="what a host has to go by" />
          {described.agents.length === 0 ? (
            <p className="py-2 text-ink-2">No active agent shares a telling word with it.</p>
          ) : (
            <>
              <Marked text={request} places={described.agents.flatMap((agent) => agent.words)} />
              <Described request={request} agents={described.agents} />
            </>
          )}
        </section>
      </div>
    </>
  )
}

function ruleSentence({ rule, domains, chosen }: Routing): string {
  if (rule === 'descriptions') {
    return 'No domain of the rulebook leads to an active agent, so descriptions decide: rare words count more than common ones.'
  }
  if (rule === 'direct') return 'No domain matches, so the session answers it itself.'
  const names = domains.map((domain) => domain.title)
  if (rule === 'orchestrator') {
    const many = `${names.length} domains match (${names.join(', ')})`
    return chosen.slug === null
      ? `${many} and no domain “orchestration” leads to an active agent, so a person has to choose.`
      : `${many}, so it goes to whoever holds them together.`
  }
  if (chosen.slug !== null) return `One domain matches, ${names[0]}, so its specialist gets it.`
  return chosen.tied.length > 0
    ? `One domain matches, ${names[0]}, and its agents’ descriptions fit equally well.`
    : `One domain matches, ${names[0]}, and it leads to no active agent.`
}

/** A host does not read the rulebook: where the two signals differ, somebody will be surprised. */
function Differs(props: { routing: Routing }) {
  const { rule, chosen, described } = props.routing
  if (rule === 'descriptions' || choiceText(chosen) === choiceText(described.choice)) return null
  return (
    <p className="flex items-baseline gap-2 pt-1.5">
      <Shape name="diamond" ink="amber" />
      <span>
        By descriptions alone it would go to <ChoiceWords choice={described.choice} />.
      </span>
    </p>
  )
}

function Marked(props: { text: string; places: readonly { start: number; end: number }[] }) {
  return (
    <p className="max-h-40 overflow-y-auto whitespace-pre-wrap border-b border-line py-2 text-ink-2 [overflow-wrap:anywhere]">
      <bdi>
        {markedParts(props.text, props.places).map((part) =>
          part.marked ? (
            <mark key={part.start} className="rounded-tag bg-sel px-0.5 font-medium text-ink">
              {part.text}
            </mark>
          ) : (
            <span key={part.start}>{part.text}</span>
          ),
        )}
      </bdi>
    </p>
  )
}

/** Words of the request, each once, as they stand in it. */
function WordsAt(props: { request: string; places: readonly { start: number; end: number }[] }) {
  const words = new Set(props.places.map(({ start, end }) => props.request.slice(start, end)))
  return <bdi className="[overflow-wrap:anywhere]">{[...words].join(', ')}</bdi>
}

function Domains(props: { request: string; domains: readonly ScoredDomain[] }) {
  return (
    <Table caption="Domains that match">
      <TableHead>
        <Th>Domain</Th>
        <Th right>Score</Th>
        <Th>Words</Th>
        <Th>Leads to</Th>
      </TableHead>
      <tbody>
        {props.domains.map((domain) => (
          <Tr key={domain.name}>
            <Td className="py-1.5 font-medium">
              <bdi>{domain.title}</bdi>
            </Td>
            <Td right>{domain.score}</Td>
            <Td className="py-1.5">
              <WordsAt request={props.request} places={domain.hits} />
            </Td>
            <Td className="py-1.5">
              {domain.agents.map((agent) => (
                <p key={agent.slug}>
                  <AgentLink slug={agent.slug} />
                  {agent.running ? null : <span className="text-red"> not active</span>}
                </p>
              ))}
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}

function Described(props: { request: string; agents: readonly ScoredAgent[] }) {
  return (
    <Table caption="Agents whose description shares words with the request">
      <TableHead>
        <Th>Agent</Th>
        <Th right>Score</Th>
        <Th right>Covers</Th>
        <Th>Words</Th>
      </TableHead>
      <tbody>
        {props.agents.map((agent) => (
          <Tr key={agent.slug}>
            <Td className="py-1.5">
              <AgentLink slug={agent.slug} />
            </Td>
            <Td right>{agent.score.toFixed(2)}</Td>
            <Td right>{Math.round(agent.share * 100)} %</Td>
            <Td className="py-1.5">
              <WordsAt request={props.request} places={agent.words} />
            </Td>
          </Tr>
        ))}
      </tbody>
    </Table>
  )
}
