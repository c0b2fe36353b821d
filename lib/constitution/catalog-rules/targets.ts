import type { Claims } from '@/lib/definition/model'
import { finding, lineRange } from '../evidence'
import { isGoverned } from '../rules/family'
import { catalogRule, file, GOVERNED, grouped, named } from './make'

const targets = (accuracy: number) =>
  `${GOVERNED}\n### Quality Metrics\n\n- Accuracy target: > ${accuracy}%\n- Success rate: > 90%`
/** Two alike may be chance. */
const ALIKE = 3

function keyOf({ responseTargets, qualityTargets }: Claims): string | null {
  const all = [...responseTargets, ...qualityTargets].filter(({ value }) => value !== null)
  if (all.length < 2) return null
  return all
    .map((each) => `${each.label.toLowerCase()}${each.comparator}${each.value}${each.unit}`)
    .sort()
    .join(';')
}

/** The same targets everywhere were chosen for nobody (S70, drift D16). */
export const targetsIdentical = catalogRule({
  id: 'targets-identical',
  severity: 'note',
  principle: 'observability',
  title: 'Targets are an agent’s own.',
  page: {
    what: 'Three or more agents state exactly the same targets.',
    why: 'A planner and a painter cannot be right equally often. The numbers came with the template.',
    passes: [91, 93, 97].map((value, at) => file(`crane-${at}`, { body: targets(value) })),
    fails: [95, 95, 95].map((value, at) => file(`crane-${at}`, { body: targets(value) })),
    fix: 'Confirm or change them in the next review, with a reason.',
  },
  check: (agents) => {
    const groups = grouped(agents, ({ definition }) =>
      isGoverned(definition) ? keyOf(definition.claims) : null,
    )
    return [...groups.values()]
      .filter((group) => group.length >= ALIKE)
      .flatMap((group) =>
        group.map((agent) => {
          const { responseTargets, qualityTargets } = agent.definition.claims
          const stated = [...responseTargets, ...qualityTargets]
          return {
            slug: agent.slug,
            finding: finding(targetsIdentical, agent.definition, {
              message: `Its targets are those of ${named(group, agent)}.`,
              at: stated.map(({ line, label }) => lineRange(agent.definition, line, label)),
            }),
          }
        }),
      )
  },
})
