import type { LanguageModelV3 } from '@ai-sdk/provider'
import { REHEARSAL_MODEL, REHEARSAL_PROVIDER, rehearsalModel } from './rehearsal'

/** A model by the name that the run form carries, or null when there is no such connection. */
export function knownModel(name: string): { provider: string; model: string } | null {
  return name === REHEARSAL_PROVIDER
    ? { provider: REHEARSAL_PROVIDER, model: REHEARSAL_MODEL }
    : null
}

/** Finds the model that a run is pinned to. */
export type ConnectModel = (pinned: { provider: string; model: string }) => LanguageModelV3 | null

/**
 * The model that a run was pinned to, or null when its connection is gone. Never another one in its
 * place: a rehearsal that stands in for a model in silence would be a lie.
 */
export const connectModel: ConnectModel = ({ provider, model }) =>
  provider === REHEARSAL_PROVIDER && model === REHEARSAL_MODEL ? rehearsalModel() : null
