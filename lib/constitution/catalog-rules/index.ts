import type { CatalogRule } from '../model'
import { handoffAsymmetric, handoffUnknown } from './collaboration'
import { agentUnreachable, competencyShared, keywordCollision, routeMissing } from './domains'
import { nameDuplicate, subAgentUnknown } from './names'
import { targetsIdentical } from './targets'
import { toxicCombination } from './toxic'
import { changeUntraced } from './trace'

/** Every rule between files, in the order of the constitution page. */
export const CATALOG_RULES: readonly CatalogRule[] = [
  toxicCombination,
  nameDuplicate,
  subAgentUnknown,
  handoffUnknown,
  handoffAsymmetric,
  routeMissing,
  changeUntraced,
  competencyShared,
  keywordCollision,
  agentUnreachable,
  targetsIdentical,
]
