import { isSlug } from '@/lib/core/ids'
import type { Handoff } from '@/lib/definition/claims/model'
import { claimRange, finding, shown } from '../evidence'
import type { CatalogAgent, CatalogFinding } from '../model'
import { byName, catalogRule, file } from './make'

/** Hyphenated words that are people or places, not agents. */
const NO_AGENT =
  /^(?:end-users?|third-part(?:y|ies)|front-end|back-end|on-call|as-configured|non-\w+)$/

/** The agents that a party names: known ones, and words that can be nothing but an agent's name. */
function namesIn(handoff: Handoff | null, known: ReadonlyMap<string, unknown>): string[] {
  const text = handoff?.party?.text ?? ''
  const pieces = text
    .slice(0, 2_000)
    .split(/[,;/]|\band\b|\bor\b/)
    .map((piece) =>
      piece
        .replace(/[`"'()]/g, '')
        .trim()
        .replace(/^the\s+|\s+agent$/gi, ''),
    )
  return pieces.filter(
    (piece) => known.has(piece) || (isSlug(piece) && piece.includes('-') && !NO_AGENT.test(piece)),
  )
}

const side = (up: string, down: string) =>
  `## Collaboration\n\n### Upstream Dependencies\n\n- Receives input from: ${up}\n\n### Downstream Consumers\n\n- Provides output to: ${down}`

/** Work is handed to somebody who is not there (S63, S64). */
export const handoffUnknown = catalogRule({
  id: 'handoff-unknown',
  severity: 'warning',
  principle: 'contract-first',
  title: 'Those who hand over and take over exist.',
  page: {
    what: 'The upstream or downstream section names an agent that is not in the catalog.',
    why: 'The result is written for nobody, or waits for input that never comes.',
    passes: [
      file('quay-planner', { body: side('none', 'tide-reader') }),
      file('tide-reader', { body: side('quay-planner', 'none') }),
    ],
    fails: [file('quay-planner', { body: side('none', 'tide-reader') })],
    fix: 'Correct the name, or import the agent.',
  },
  check: (agents) => {
    const known = byName(agents)
    return agents.flatMap((agent) => {
      const { upstream, downstream } = agent.definition.claims
      return [upstream, downstream].flatMap((handoff): CatalogFinding[] => {
        const unknown = namesIn(handoff, known).filter((name) => !known.has(name))
        if (unknown.length === 0 || !handoff?.party) return []
        const message = `Not in the catalog: ${shown(unknown)}.`
        const at = [claimRange(agent.definition, handoff.party)]
        return [
          { slug: agent.slug, finding: finding(handoffUnknown, agent.definition, { message, at }) },
        ]
      })
    })
  },
})

/** A hands over to B, and B knows nothing of A (S64). */
export const handoffAsymmetric = catalogRule({
  id: 'handoff-asymmetric',
  severity: 'warning',
  principle: 'contract-first',
  title: 'Both sides of a handover name each other.',
  page: {
    what: 'One agent names another as its source or consumer, and the other does not name it back.',
    why: 'Formats and guarantees are agreed between two. If one side does not know, it was never agreed.',
    passes: [
      file('quay-planner', { body: side('none', 'tide-reader') }),
      file('tide-reader', { body: side('quay-planner', 'none') }),
    ],
    fails: [
      file('quay-planner', { body: side('none', 'tide-reader') }),
      file('tide-reader', { body: side('none', 'none') }),
    ],
    fix: 'Name the other side in both files.',
  },
  check: (agents) => {
    const known = byName(agents)
    const links = new Map<CatalogAgent, { up: Set<string>; down: Set<string> }>()
    for (const agent of agents) {
      const { upstream, downstream } = agent.definition.claims
      if (!upstream && !downstream) continue
      const slugs = (handoff: Handoff | null) =>
        new Set(namesIn(handoff, known).flatMap((name) => known.get(name)?.slug ?? []))
      links.set(agent, { up: slugs(upstream), down: slugs(downstream) })
    }
    const oneSided = (agent: CatalogAgent, towards: 'up' | 'down'): string[] =>
      [...(links.get(agent)?.[towards] ?? [])].filter((slug) => {
        const other = known.get(slug)
        const back = other && links.get(other)?.[towards === 'up' ? 'down' : 'up']
        return slug !== agent.slug && !back?.has(agent.slug)
      })
    return [...links.keys()].flatMap((agent) => [
      ...report(agent, 'up', oneSided(agent, 'up')),
      ...report(agent, 'down', oneSided(agent, 'down')),
    ])
  },
})

function report(agent: CatalogAgent, towards: 'up' | 'down', slugs: readonly string[]) {
  if (slugs.length === 0) return []
  const { upstream, downstream } = agent.definition.claims
  const party = (towards === 'up' ? upstream : downstream)?.party
  const message =
    towards === 'up'
      ? `It takes work from ${shown(slugs)}, which does not name it as a consumer.`
      : `It hands work to ${shown(slugs)}, which does not name it as a source.`
  const at = party ? [claimRange(agent.definition, party)] : []
  return [
    { slug: agent.slug, finding: finding(handoffAsymmetric, agent.definition, { message, at }) },
  ]
}
