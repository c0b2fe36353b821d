import type { DefinitionContent } from '@/lib/definition/model'
import { FINDING_SEVERITIES, type Finding, type Rule, type RuleContext } from './model'
import { frontmatterBroken } from './rules/frontmatter-broken'
import { historyApprover } from './rules/history-approver'
import { modelUnknown } from './rules/model-unknown'
import { nameDiffersFromFile, nameNotSlug } from './rules/name'
import { notUtf8 } from './rules/not-utf-8'
import { descriptionMissing, nameMissing } from './rules/required-field'
import { sectionEmpty } from './rules/section-empty'
import { textHidden } from './rules/text-hidden'
import { textUnread } from './rules/text-unread'
import { toolUnknown } from './rules/tool-unknown'
import { toolsInherited } from './rules/tools-inherited'
import { toolsMatchText } from './rules/tools-match-text'

/** Every rule, in the order of the constitution page. */
export const RULES: readonly Rule[] = [
  frontmatterBroken,
  nameMissing,
  descriptionMissing,
  notUtf8,
  textHidden,
  textUnread,
  toolsMatchText,
  toolUnknown,
  toolsInherited,
  modelUnknown,
  sectionEmpty,
  historyApprover,
  nameNotSlug,
  nameDiffersFromFile,
]

const WORST_FIRST = new Map(FINDING_SEVERITIES.map((severity, index) => [severity, index]))

/**
 * What the rules say of a definition: worst first, then by line, then by rule. Pure: the same
 * definition and context give the same findings on every machine (architecture section 5).
 */
export function checkDefinition(definition: DefinitionContent, context: RuleContext): Finding[] {
  const findings = RULES.flatMap((rule) => rule.check(definition, context))
  return findings.sort(
    (a, b) =>
      (WORST_FIRST.get(a.severity) ?? 0) - (WORST_FIRST.get(b.severity) ?? 0) ||
      (a.lines[0]?.line ?? 0) - (b.lines[0]?.line ?? 0) ||
      (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  )
}
