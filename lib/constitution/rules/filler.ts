import type { ClaimedList, ClaimedText, Claims, DefinitionContent } from '@/lib/definition/model'
import { claimRange, finding, shown, spliceFix } from '../evidence'
import type { Rule } from '../model'
import { isFiller } from './fillers'
import { definitionRule, example } from './make'

const SECTIONS: readonly [string, (claims: Claims) => ClaimedList | null][] = [
  ['department guidelines', (claims) => claims.departmentGuidelines],
  ['domain expertise', (claims) => claims.domainExpertise],
  ['technical specifications', (claims) => claims.technicalSpecifications],
  ['best practices', (claims) => claims.bestPractices],
  ['known limitations', (claims) => claims.knownLimitations],
]

/** A section that a generator filled says as much as an empty one (S57, S66, S67, drift D16). */
export const sectionFiller: Rule = definitionRule({
  id: 'section-filler',
  severity: 'warning',
  principle: 'documentation',
  title: 'A section says something of its own.',
  page: {
    what: 'A section, or a guarantee to those who take over the work, consists only of phrases that the rulebook knows to say nothing.',
    why: 'It looks filled in, so nobody fills it in. What an agent knows and cannot do is then decided by the model.',
    passes: example({ body: '### Best Practices\n\nNo ship waits with reefers on deck.' }),
    fails: example({ body: '### Best Practices\n\nIndustry best practices for logistics' }),
    fix: 'Write what holds for this agent, or remove the section.',
  },
  check: (definition, { constitution }) => {
    const { claims } = definition
    const sections = SECTIONS.flatMap(([title, of]) => {
      const items = of(claims)?.items ?? []
      const empty = items.length > 0 && items.every(({ text }) => isFiller(text, constitution))
      return empty ? [{ title, items }] : []
    })
    const promises = [
      { title: 'quality guarantee', claim: claims.downstream?.assurance },
      { title: 'validation of input', claim: claims.upstream?.assurance },
    ].flatMap(({ title, claim }) =>
      claim && isFiller(claim.text, constitution) ? [{ title, items: [claim] }] : [],
    )
    return [...sections, ...promises].map(({ title, items }) => said(definition, title, items))
  },
})

function said(definition: DefinitionContent, title: string, items: readonly ClaimedText[]) {
  const words = shown(items.map(({ text }) => text))
  return finding(sectionFiller, definition, {
    message: `Nothing is said about ${title}: “${words}”.`,
    at: items.map((item) => claimRange(definition, item)),
  })
}

const collaboration = (from: string) =>
  `## Collaboration\n\n### Upstream Dependencies\n\n- Receives input from: ${from}\n- Input format: JSON`

/** Work comes from somebody and goes to somebody, or it says that it does not (S63, S64). */
export const handoffPlaceholder: Rule = definitionRule({
  id: 'handoff-placeholder',
  severity: 'warning',
  principle: 'contract-first',
  title: 'Who hands over and who takes over is named.',
  page: {
    what: 'The upstream or downstream section names no agent and no person, or only a placeholder.',
    why: 'A contract has two sides. Without the other one nobody can check what is handed over.',
    passes: example({ body: collaboration('tide-reader') }),
    fails: example({ body: collaboration('As configured') }),
    fix: 'Name the agents or people, or write “none”.',
  },
  check: (definition, { constitution }) => {
    const sides = [
      { what: 'Nobody is named whose work it takes', handoff: definition.claims.upstream },
      { what: 'Nobody is named who takes its work', handoff: definition.claims.downstream },
    ]
    return sides.flatMap(({ what, handoff }) => {
      if (!handoff || handoff.party === null) return []
      const { party } = handoff
      if (!isFiller(party.text, constitution)) return []
      const { start, end, ...place } = claimRange(definition, party)
      const exact = definition.text.slice(start, end) === party.text
      return [
        finding(handoffPlaceholder, definition, {
          message: `${what}: “${shown([party.text])}”.`,
          at: [{ start, end, ...place }],
          fix: exact
            ? spliceFix(definition, 'Say that there is none', { start, end, text: 'none' })
            : {},
        }),
      ]
    })
  },
})
