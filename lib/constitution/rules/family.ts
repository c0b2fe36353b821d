import type { DefinitionContent } from '@/lib/definition/model'
import type { DepartmentPolicy, RuleContext } from '../model'

/** What a file may say of its own governance. Two of these make it a member; one may be chance. */
const MEMBERSHIP: readonly ((claims: DefinitionContent['claims']) => boolean)[] = [
  (claims) => claims.department !== null,
  (claims) => claims.roleType !== null || claims.interactionLevel !== null,
  (claims) =>
    claims.constitutionLabel !== null ||
    (claims.principles !== null && claims.principles.label !== null),
  (claims) => claims.authorisedTools !== null || claims.mcpAccess !== null,
  (claims) => claims.authorities.length > 0,
  (claims) => claims.mandates.length > 0,
  (claims) => claims.reviewSchedule !== null,
]

/**
 * True for a file that says it lives under a constitution. 98 % of the files of this world say
 * nothing of the kind, and rules about governance are silent about them (formats.md section 6).
 */
export function isGoverned({ claims }: DefinitionContent): boolean {
  return MEMBERSHIP.filter((claimed) => claimed(claims)).length >= 2
}

/** `Quality & Review` and `quality-review` are one department. */
export function departmentKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

/** The policy of a department by its slug or its title; undefined where there is none. */
export function policyNamed(context: RuleContext, name: string): DepartmentPolicy | undefined {
  const key = departmentKey(name)
  return context.constitution.departments.find(
    (each) => each.department === key || departmentKey(each.title) === key,
  )
}

/**
 * The policy that binds the agent: that of the department it has in the console, else of the one
 * that its text names. What the console knows counts more than what a file says.
 */
export function policyOf(
  definition: DefinitionContent,
  context: RuleContext,
): DepartmentPolicy | undefined {
  const known = context.department === null ? undefined : policyNamed(context, context.department)
  const claimed = definition.claims.department
  return known ?? (claimed === null ? undefined : policyNamed(context, claimed.text))
}
