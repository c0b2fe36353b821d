import type { Agent, Report } from './model'

type Offer = { label: string; offers: RegExp; rename?: (model: string) => string | null }

/** The model as another product names it; null, and said, where it does not offer it. */
export function modelThere(
  { model }: Agent,
  { label, offers, rename }: Offer,
  report: Report,
): string | null {
  // "inherit" is what a missing model means everywhere.
  if (model === null || model === 'inherit') return null
  const renamed = rename?.(model) ?? null
  if (renamed !== null) {
    report({
      field: 'model',
      severity: 'renamed',
      before: model,
      after: renamed,
      sentence: `The model is called ${renamed} in ${label}.`,
    })
    return renamed
  }
  if (offers.test(model)) return model
  report({
    field: 'model',
    severity: 'lost',
    before: model,
    after: null,
    sentence: `${label} does not know the model ${model}; the agent takes the model of the session.`,
  })
  return null
}
