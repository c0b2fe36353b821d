import { setField } from '@/lib/definition/edit'
import { evidence, fieldFix, shown } from '../evidence'
import type { Rule } from '../model'
import { nearest } from '../nearest'
import { definitionRule, example } from './make'

/** A model that nobody knows makes every run fail, or is ignored without a word (S6). */
export const modelUnknown: Rule = definitionRule({
  id: 'model-unknown',
  severity: 'error',
  principle: 'model-selection',
  title: 'The model exists.',
  page: {
    what: 'The model is not one that the rulebook knows.',
    why: 'The run fails, or another model answers and nobody is told.',
    passes: example({ fields: { model: 'sonnet' } }),
    fails: example({ fields: { model: 'sonet' } }),
    fix: 'Correct the name.',
  },
  check: (definition, context) => {
    const { format, frontmatter } = definition
    const model = definition.model?.trim() ?? ''
    if (model === '' || format !== 'claude' || frontmatter?.valid !== true) return []
    const models = context.constitution.models.map((known) => known.name)
    if (models.some((known) => matches(known, model))) return []
    const field = definition.fields.find((each) => each.key === 'model')
    const names = models.filter((known) => !known.endsWith('*'))
    const guess = nearest(model, names)
    return [
      {
        rule: 'model-unknown',
        severity: 'error',
        principle: 'model-selection',
        message: `No model is called ${shown([model])}. Known here: ${shown(names)}.`,
        lines: field ? evidence(definition, [field.range]) : [],
        ...(field ? { range: field.range } : {}),
        ...(guess === null
          ? {}
          : fieldFix(definition, `Use ${guess}`, (header) => setField(header, 'model', guess))),
      },
    ]
  },
})

/** `claude-*` stands for every full id of that family. */
function matches(known: string, model: string): boolean {
  return known.endsWith('*') ? model.startsWith(known.slice(0, -1)) : known === model
}
