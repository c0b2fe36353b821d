import { evidence } from '../evidence'
import type { Rule } from '../model'

/** A model that nobody knows is sent to the provider as it is, and the run fails there (S6). */
export const modelUnknown: Rule = {
  id: 'model-unknown',
  severity: 'error',
  principle: 'model-selection',
  title: 'The model exists.',
  check: (definition, context) => {
    const { model, format } = definition
    if (model === null || format !== 'claude' || definition.frontmatter?.valid !== true) return []
    if (context.knownModels.some((known) => matches(known, model.trim()))) return []
    const field = definition.fields.find((f) => f.key === 'model')
    return [
      {
        rule: 'model-unknown',
        severity: 'error',
        principle: 'model-selection',
        message: `No model is called “${model}”. Use ${context.knownModels.slice(0, 4).join(', ')}.`,
        lines: field ? evidence(definition, [field.range]) : [],
        ...(field ? { range: field.range } : {}),
      },
    ]
  },
}

/** `claude-*` stands for every full id of that family. */
function matches(known: string, model: string): boolean {
  return known.endsWith('*') ? model.startsWith(known.slice(0, -1)) : known === model
}
