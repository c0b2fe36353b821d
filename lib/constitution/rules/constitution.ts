import type { DefinitionContent } from '@/lib/definition/model'
import { claimRange, finding, lineRange, shown } from '../evidence'
import type { ConstitutionContent, Rule, RuleContext } from '../model'
import { definitionRule, governedExample } from './make'
import { citedConstitution, citedVersion, statedAs } from './principle-match'

/** The file cites a version that is not the one in force (S18, S41, drift D5). */
export const constitutionOutdated: Rule = definitionRule({
  id: 'constitution-outdated',
  severity: 'warning',
  principle: 'documentation',
  title: 'The constitution that is cited is the one in force.',
  page: {
    what: 'The file cites a version of the constitution that is not in force here.',
    why: 'An agent follows the text it was given. What was added or reworded since has not reached it.',
    passes: governedExample({ body: '**Constitution**: v1.0.0' }),
    fails: governedExample({ body: '**Constitution**: v0.9.0' }),
    fix: 'Read what is new, bring the principles up to date, then change the label.',
  },
  check: (definition, context) => {
    const cited = citedVersion(definition)
    if (!cited) return []
    const known = citedConstitution(definition, context)
    if (known === context.constitution) return []
    const { label } = context.constitution
    const message = known
      ? `Cites constitution ${shown([cited.version])}; ${label} is in force.${changes(definition, known, context)}`
      : `Cites constitution ${shown([cited.version])}, which is not registered here; ${label} is in force.`
    return [
      finding(constitutionOutdated, definition, {
        message,
        at: [lineRange(definition, cited.line, cited.version)],
      }),
    ]
  },
})

function changes(
  { claims }: DefinitionContent,
  known: ConstitutionContent,
  { constitution }: RuleContext,
): string {
  const stated = claims.principles?.items ?? []
  const texts = new Map(known.principles.map((each) => [each.slug, each.text]))
  const added = constitution.principles.filter(
    (each) => !texts.has(each.slug) && !statedAs(each, stated),
  )
  const reworded = constitution.principles.filter((each) => {
    const text = texts.get(each.slug)
    return text !== undefined && text !== each.text
  })
  const list = (what: string, all: readonly { title: string }[]) =>
    all.length === 0 ? '' : ` ${what}: ${shown(all.map((each) => each.title))}.`
  return `${list('Missing', added)}${list('Reworded since', reworded)}`
}

/** Heading, footer, list and rulebook count the same principles of the same version (S38, S87). */
export const constitutionLabel: Rule = definitionRule({
  id: 'constitution-label',
  severity: 'warning',
  principle: 'documentation',
  title: 'The label of the constitution is the same wherever it stands.',
  page: {
    what: 'The file says two versions, or another number of principles than it lists.',
    why: 'A label that contradicts itself says that an update stopped halfway.',
    passes: governedExample({
      body: '## Principles (v1.0.0 - 1 principle)\n\n1. **Principle I - Library first**: stands alone\n\n**Constitution**: v1.0.0',
    }),
    fails: governedExample({
      body: '## Principles (v0.8.0)\n\n1. **Principle I - Library first**: stands alone\n\n**Constitution**: v1.0.0 (3 principles)',
    }),
    fix: 'Make heading, list and footer agree.',
  },
  check: (definition, context) => {
    const { principles, constitutionLabel: footer } = definition.claims
    const said: string[] = []
    const label = principles?.label ?? null
    if (label?.version && footer?.version && label.version !== footer.version) {
      said.push(`the heading says ${label.version}, the footer ${footer.version}`)
    }
    const counts = [label?.principles, footer?.principles].filter((each) => each != null)
    if (new Set(counts).size > 1) said.push(`it counts ${counts.join(' and ')} principles`)
    const [count] = counts
    if (count !== undefined && principles && principles.items.length !== count) {
      said.push(`it says ${count} principles and lists ${principles.items.length}`)
    }
    const known = citedConstitution(definition, context)
    if (known && count !== undefined && known.principles.length !== count) {
      said.push(
        `constitution ${known.label} has ${known.principles.length} principles, not ${count}`,
      )
    }
    if (said.length === 0) return []
    const places = [label, footer].flatMap((each) => (each ? [claimRange(definition, each)] : []))
    return [
      finding(constitutionLabel, definition, {
        message: `The label of the constitution contradicts itself: ${said.join('; ')}.`,
        at: places,
      }),
    ]
  },
})
