import type { LanguageModelV3 } from '@ai-sdk/provider'
import { REHEARSAL_MODEL, REHEARSAL_PROVIDER, rehearsalModel } from './rehearsal'

/** A model by the name that the run form carries, or null when there is no such connection. */
export function knownModel(name: string): { provider: string; model: string } | null {
  return name === REHEARSAL_PROVIDER
    ? { provider: REHEARSAL_PROVIDER, model: REHEARSAL_MODEL }
    : null
}

/**
 * The model that a run was pinned to, or null when its connection is gone. Never another one in its
 * place: a rehearsal that stands in for a model in silence would be a lie.
 */
export function connectModel(pinned: { provider: string; model: string }): LanguageModelV3 | null {
  const isRehearsal = pinned.provider === REHEARSAL_PROVIDER && pinned.model === REHEARSAL_MODEL
  return isRehearsal ? rehearsalModel() : null
}
