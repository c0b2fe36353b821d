import type { z } from 'zod'
import { AGENT_FACTS } from './facts/agents'
import { CONSTITUTION_FACTS } from './facts/constitution'
import { INBOX_FACTS } from './facts/inbox'
import { LOG_FACTS } from './facts/log'
import { PEOPLE_FACTS } from './facts/people'
import { RUN_FACTS } from './facts/runs'
import type { Outcome, Target } from './model'

/**
 * The closed list of facts. To add one: a line in the file of its area under `facts/`, named by
 * intent and in the past tense. Nothing else has to change; a fact that is not here does not compile.
 */
export const CATALOGUE = {
  ...PEOPLE_FACTS,
  ...AGENT_FACTS,
  ...RUN_FACTS,
  ...INBOX_FACTS,
  ...CONSTITUTION_FACTS,
  ...LOG_FACTS,
} as const

export type Action = keyof typeof CATALOGUE
export const ACTIONS = Object.keys(CATALOGUE) as Action[]

export function isAction(name: string): name is Action {
  return Object.hasOwn(CATALOGUE, name)
}

/** What an action says in `data`: enums, counts, digests and ids. */
export type FactData<A extends Action> = z.input<(typeof CATALOGUE)[A]['data']>

export type FactOf<A extends Action> = {
  action: A
  /** Department that the fact belongs to: who may see it. Absent: the whole installation's. */
  dept?: string | null | undefined
  /** What it is about, main thing first. */
  targets: readonly Target[]
  data: FactData<A>
  /** Personal data and free text, by path: kept beside the leaf, which only commits to them. */
  private?: Readonly<Record<string, string>> | undefined
  /** Absent: `ok`. */
  outcome?: Outcome | undefined
  /** On whose behalf. */
  onBehalfOf?: { t: 'person' | 'agent'; id: string } | undefined
  /** Rule set that was evaluated, and its version. */
  policy?: { id: string; ver: number } | undefined
}

/** One fact: a union over every action, so that `data` of another action does not compile. */
export type Fact = { [A in Action]: FactOf<A> }[Action]
