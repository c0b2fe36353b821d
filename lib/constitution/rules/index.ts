import type { Rule } from '../model'
import { constitutionLabel, constitutionOutdated } from './constitution'
import { departmentMismatch, roleOutside } from './department'
import { escalationIncomplete } from './escalation'
import { keyIgnored, keyMisspelt, permissionBypass } from './fields'
import { handoffPlaceholder, sectionFiller } from './filler'
import { frontmatterBroken } from './frontmatter-broken'
import { historyFooter, historyMissing, historyOrder } from './history'
import { historyApprover } from './history-approver'
import {
  claimUnverifiable,
  competencyOwner,
  personaMissing,
  proactiveRisk,
  untidy,
} from './identity'
import { authorityMissing, gitUngoverned, mandateMissing, mandateWeakened } from './mandates'
import { memoryKinds, memoryPath } from './memory'
import { modelContradicts, modelPolicy } from './model-policy'
import { modelUnknown } from './model-unknown'
import { nameDiffersFromFile, nameNotSlug } from './name'
import { notUtf8 } from './not-utf-8'
import { principleMissing, principleWeakened } from './principles'
import { descriptionMissing, nameMissing } from './required-field'
import { reviewInterval, reviewUndated } from './review'
import { sectionEmpty, sectionMissing } from './section-empty'
import { auditFields, targetsUnmeasured } from './targets'
import { textEndpoint } from './text-endpoint'
import { textHidden } from './text-hidden'
import { textMixedScript } from './text-mixed-script'
import { textSecret } from './text-secret'
import { textSelfClaim } from './text-self-claim'
import { textUnread } from './text-unread'
import { toolUnknown } from './tool-unknown'
import { mcpDepartment, mcpUnresolved, toolsDepartment } from './tools-department'
import { toolsInherited } from './tools-inherited'
import { toolsMatchText } from './tools-match-text'
import { invocationName, triggerReference } from './triggers'

/** Every rule on one file, in the order of the constitution page: the file, its text, what it may do, what it claims. */
export const RULES: readonly Rule[] = [
  ...[frontmatterBroken, nameMissing, descriptionMissing, keyMisspelt, keyIgnored, notUtf8],
  ...[textHidden, textMixedScript, textSecret, textEndpoint, textUnread, textSelfClaim],
  ...[toolsMatchText, toolUnknown, toolsInherited, toolsDepartment, permissionBypass],
  ...[mcpDepartment, mcpUnresolved, proactiveRisk],
  ...[modelUnknown, modelPolicy, modelContradicts],
  ...[constitutionOutdated, constitutionLabel, authorityMissing],
  ...[principleMissing, principleWeakened, mandateMissing, mandateWeakened, gitUngoverned],
  ...[departmentMismatch, roleOutside, memoryKinds, memoryPath],
  ...[sectionEmpty, sectionMissing, sectionFiller, handoffPlaceholder, escalationIncomplete],
  ...[targetsUnmeasured, auditFields, reviewUndated, reviewInterval],
  ...[historyApprover, historyOrder, historyFooter, historyMissing],
  ...[triggerReference, invocationName, competencyOwner, personaMissing, claimUnverifiable],
  ...[nameNotSlug, nameDiffersFromFile, untidy],
]
