import { setField } from '@/lib/definition/edit'
import type { DefinitionContent } from '@/lib/definition/model'
import { claimRange, fieldFix, fieldRange, finding, shown } from '../evidence'
import type { ConstitutionContent, ModelFact, Rule, RuleContext } from '../model'
import { isGoverned, policyOf } from './family'
import { definitionRule, governedExample } from './make'
import { citedConstitution } from './principle-match'

/** The fact about a model by its name; `claude-*` stands for every full id of that family. */
export function modelFact(constitution: ConstitutionContent, model: string): ModelFact | undefined {
  return (
    constitution.models.find((known) => known.name === model) ??
    constitution.models.find(
      (known) => known.name.endsWith('*') && model.startsWith(known.name.slice(0, -1)),
    )
  )
}

const FAMILY = /\b(sonnet|opus|haiku)\b/i
const familyOf = (model: string) => FAMILY.exec(model)?.[1]?.toLowerCase() ?? model.toLowerCase()
const REASON =
  /\b(?:because|since|reason|in order to|budget|quota|volume|latency|cost|fallback|chosen|suffices?|is enough|on request)\b/i

/** A model that the rulebook does not take for granted needs a reason, or may not be used (S56). */
export const modelPolicy: Rule = definitionRule({
  id: 'model-policy',
  severity: 'error',
  principle: 'model-selection',
  title: 'The model is the usual one, or the text says why not.',
  page: {
    what: 'The model deviates from the rulebook’s default and the text gives no reason; or it is a model that the rulebook forbids.',
    why: 'The model decides price, speed and care. One that was changed without a word cannot be judged in a review.',
    passes: governedExample({
      fields: { model: 'fable' },
      body: '## Model\n\nfable was chosen because berths are planned at night, when volume is high.',
    }),
    fails: governedExample({ fields: { model: 'fable' } }),
    fix: 'Use the default model, or write one sentence that says why not.',
  },
  check: (definition, context) => {
    const model = definition.model?.trim() ?? ''
    const fact = model === '' ? undefined : modelFact(context.constitution, model)
    if (!fact || (fact.use !== 'reason' && fact.use !== 'forbidden')) return []
    const forbidden = fact.use === 'forbidden'
    const governed = isGoverned(definition) || policyOf(definition, context) !== undefined
    if (!forbidden && (!governed || saysWhy(definition, model))) return []
    const usual = context.constitution.models.find((known) => known.use === 'default')
    return [
      finding(modelPolicy, definition, {
        severity: forbidden ? 'error' : 'warning',
        message: forbidden
          ? `The model ${shown([model])} may not be used under constitution ${context.constitution.label}.`
          : `The model ${shown([model])} deviates from constitution ${context.constitution.label} without a reason.${before(definition, context, model)}`,
        at: fieldRange(definition, 'model'),
        fix: usual
          ? fieldFix(definition, `Use ${usual.name}`, (header) =>
              setField(header, 'model', usual.name),
            )
          : {},
      }),
    ]
  },
})

/** The same file is right under the version that it cites and a deviation under the next. */
function before(definition: DefinitionContent, context: RuleContext, model: string): string {
  const cited = citedConstitution(definition, context)
  if (!cited || cited === context.constitution || modelFact(cited, model)?.use !== 'default')
    return ''
  return ` It was the default under ${cited.label}, which the file cites.`
}

function saysWhy({ text, body, claims }: DefinitionContent, model: string): boolean {
  const principles = claims.principles?.range
  const family = familyOf(model)
  let at = body.range.start
  return text
    .slice(body.range.start, body.range.end)
    .split('\n')
    .some((line) => {
      const start = at
      at += line.length + 1
      const quoted = principles && start >= principles.start && start < principles.end
      return !quoted && line.toLowerCase().includes(family) && REASON.test(line)
    })
}

/** The body says another default model than the frontmatter sets (S56, drift D17). */
export const modelContradicts: Rule = definitionRule({
  id: 'model-contradicts',
  severity: 'warning',
  principle: 'model-selection',
  title: 'The text and the frontmatter name the same model.',
  page: {
    what: 'The text names one model as its default, the frontmatter sets another.',
    why: 'The frontmatter decides. A reader who trusts the text expects other costs and another quality.',
    passes: governedExample({
      fields: { model: 'sonnet' },
      body: '## Model\n\nUse Sonnet by default.',
    }),
    fails: governedExample({
      fields: { model: 'opus' },
      body: '## Model\n\nUse Sonnet by default.',
    }),
    fix: 'Change the sentence, or the model.',
  },
  check: (definition) => {
    const model = definition.model?.trim() ?? ''
    if (!FAMILY.test(model) || !isGoverned(definition)) return []
    const other = definition.claims.modelStatements.find(({ text, models }) => {
      const said = /^(.*?)\b(?:by default|as (?:the |its )?default)\b/i.exec(text)?.[1] ?? null
      const named = models.filter((each) => FAMILY.test(each) && said?.includes(each))
      const last = named.at(-1)
      return last !== undefined && familyOf(last) !== familyOf(model)
    })
    if (!other) return []
    return [
      finding(modelContradicts, definition, {
        message: `Its text makes ${shown([other.models[0] ?? ''])} the default, its frontmatter sets ${shown([model])}.`,
        at: [claimRange(definition, other), ...fieldRange(definition, 'model')],
      }),
    ]
  },
})
