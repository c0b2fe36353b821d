import { fieldRange, finding, lineRange, shown } from '../evidence'
import type { CatalogAgent, CatalogFinding, TriggerDomain } from '../model'
import { keywordCollisions } from '../routing'
import { splitWords } from '../rules/domain-words'
import { isGoverned } from '../rules/family'
import { catalogRule, file, GOVERNED, named } from './make'

/** Finds the domain of an area by its name's words. */
function domainOf(domains: readonly TriggerDomain[]): (area: string) => TriggerDomain | undefined {
  const parts = domains.map((domain) => ({ domain, words: domain.name.split('-') }))
  return (area) => {
    const words = new Set(splitWords(area))
    return parts.find((each) => each.words.every((word) => words.has(word)))?.domain
  }
}

const area = (title: string) => `## Core Competencies\n\n- **${title}**: all of it\n\n${GOVERNED}`

/** One owner for each subject, and secondaries that know it (S10). */
export const competencyShared = catalogRule({
  id: 'competency-shared',
  severity: 'note',
  principle: 'delegation',
  title: 'Each subject has one owner.',
  page: {
    what: 'Two agents claim the same area and the rulebook does not say whose it is; or the agents that own it are not in the catalog.',
    why: 'Two experts for one subject give two answers, and none is responsible.',
    passes: [
      file('quay-planner', { body: area('Berths') }),
      file('tide-reader', { body: area('Water') }),
    ],
    fails: [
      file('quay-planner', { body: area('Berths') }),
      file('tide-reader', { body: area('Berths') }),
    ],
    fix: 'Name one owner in the rulebook’s domains.',
  },
  check: (agents, { constitution }) => {
    const domain = domainOf(constitution.domains)
    const present = new Set(agents.map(({ slug }) => slug))
    const claims = new Map<string, { agent: CatalogAgent; area: string; line: number }[]>()
    for (const agent of agents) {
      if (!isGoverned(agent.definition)) continue
      for (const { area: title, line } of agent.definition.claims.competencies.slice(0, 50)) {
        const key = splitWords(title).join(' ')
        const list = claims.get(key) ?? []
        if (list.at(-1)?.agent !== agent) list.push({ agent, area: title, line })
        claims.set(key, list)
      }
    }
    return [...claims.values()].flatMap((list) => {
      const [first] = list
      const owner = first ? domain(first.area) : undefined
      const owners = owner?.agents.filter((slug) => present.has(slug)) ?? []
      if (owner && owner.agents.length > 0 && owners.length === 0) {
        return list.map((each) =>
          note(
            each,
            `Nobody who owns ${shown([each.area])} is in the catalog: ${shown(owner.agents)}.`,
          ),
        )
      }
      const group = owner ? list.filter(({ agent }) => owners.includes(agent.slug)) : list
      if (group.length < 2 || (owner && owners.length < 2)) return []
      const holders = group.map(({ agent }) => agent)
      return group.map((each) =>
        note(each, `${shown([each.area])} is also claimed by ${named(holders, each.agent)}.`),
      )
    })
  },
})

function note(
  { agent, area: title, line }: { agent: CatalogAgent; area: string; line: number },
  message: string,
): CatalogFinding {
  const at = [lineRange(agent.definition, line, title)]
  return { slug: agent.slug, finding: finding(competencyShared, agent.definition, { message, at }) }
}

/** A word that stands in two domains sends a request to either (drift D26). */
export const keywordCollision = catalogRule({
  id: 'keyword-collision',
  severity: 'note',
  principle: 'delegation',
  title: 'Each keyword belongs to one domain.',
  page: {
    what: 'A keyword that should lead to this agent stands in another domain too.',
    why: 'Who gets the request is then decided by the order of a list.',
    passes: [file('backend-architect')],
    fails: [file('backend-architect')],
    fix: 'Give each keyword one owner in the rulebook’s domains.',
  },
  check: (agents, { constitution }) => {
    const shared = new Map<string, string[]>()
    for (const { keyword, domains } of keywordCollisions(constitution.domains)) {
      for (const name of domains) shared.set(name, [...(shared.get(name) ?? []), keyword])
    }
    if (shared.size === 0) return []
    return owned(agents, constitution.domains, (agent, domain) => {
      const words = shared.get(domain.name)
      if (!words) return null
      const message = `Keywords of ${domain.title} stand in another domain too: ${shown(words)}.`
      return finding(keywordCollision, agent.definition, {
        message,
        at: fieldRange(agent.definition, 'description'),
      })
    })
  },
})

/** The rulebook leads to an agent that is gone (section 5 of the seed requirements). */
export const routeMissing = catalogRule({
  id: 'route-missing',
  severity: 'warning',
  principle: 'delegation',
  title: 'Every agent that requests are routed to exists.',
  page: {
    what: 'A domain of this agent names another agent that is not in the catalog.',
    why: 'Requests that belong to the other one end here or nowhere.',
    passes: [file('backend-architect'), file('full-stack-developer')],
    fails: [file('backend-architect')],
    fix: 'Import the agent, or take it out of the rulebook’s domain.',
  },
  check: (agents, { constitution }) => {
    const present = new Set(agents.map(({ slug }) => slug))
    return owned(agents, constitution.domains, (agent, domain) => {
      const missing = domain.agents.filter((slug) => !present.has(slug))
      if (missing.length === 0) return null
      return finding(routeMissing, agent.definition, {
        message: `${domain.title} is also routed to ${shown(missing)}, which is not in the catalog.`,
        at: fieldRange(agent.definition, 'name'),
      })
    })
  },
})

/** For each domain, what to say of each of its agents that are here. */
function owned(
  agents: readonly CatalogAgent[],
  domains: readonly TriggerDomain[],
  say: (agent: CatalogAgent, domain: TriggerDomain) => CatalogFinding['finding'] | null,
): CatalogFinding[] {
  const bySlug = new Map(agents.map((agent) => [agent.slug, agent]))
  return domains.flatMap((domain) =>
    domain.agents.flatMap((slug) => {
      const agent = bySlug.get(slug)
      const said = agent ? say(agent, domain) : null
      return said ? [{ slug, finding: said }] : []
    }),
  )
}

/** No domain leads to it: it is only found by its description (section 5). */
export const agentUnreachable = catalogRule({
  id: 'agent-unreachable',
  severity: 'note',
  principle: 'delegation',
  title: 'Every governed agent can be reached.',
  page: {
    what: 'The rulebook routes requests by domains, and no domain names this agent.',
    why: 'It is used by chance or not at all, and still holds its tools.',
    passes: [file('devops-engineer', { body: GOVERNED })],
    fails: [file('tide-reader', { body: GOVERNED })],
    fix: 'Name it in a domain, or retire it.',
  },
  check: (agents, { constitution }) => {
    if (constitution.domains.length === 0) return []
    const routed = new Set(constitution.domains.flatMap((domain) => domain.agents))
    return agents
      .filter(({ slug, definition }) => !routed.has(slug) && isGoverned(definition))
      .map((agent) => ({
        slug: agent.slug,
        finding: finding(agentUnreachable, agent.definition, {
          message: 'No domain of the rulebook leads to it.',
          at: fieldRange(agent.definition, 'name'),
        }),
      }))
  },
})
