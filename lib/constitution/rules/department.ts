import type { ClaimedText, DefinitionContent } from '@/lib/definition/model'
import { claimRange, finding, shown, spliceFix } from '../evidence'
import type { Finding, Rule } from '../model'
import { departmentKey, policyNamed } from './family'
import { definitionRule, example, governedExample } from './make'

const said = (department: string, role = 'Design & Planning') =>
  `## Department Classification\n\n**Department**: ${department}\n**Role Type**: ${role}\n**Interaction Level**: Strategic`

/** Department in the text, in the console and in the folder are one (S30). */
export const departmentMismatch: Rule = definitionRule({
  id: 'department-mismatch',
  severity: 'warning',
  principle: 'documentation',
  title: 'The department is the same everywhere.',
  page: {
    what: 'The text names another department than the console or the folder, or one that the rulebook does not know.',
    why: 'Tools, reviewers and memory follow from the department. An agent that moved half-way keeps the powers of both.',
    passes: example({ body: said('architecture') }),
    fails: example({ body: said('astrology') }),
    fix: 'Write the department that the agent has.',
  },
  check: (definition, context) => {
    const claim = definition.claims.department
    if (claim === null) return []
    const policy = policyNamed(context, claim.text)
    const key = policy?.department ?? departmentKey(claim.text)
    const report = (message: string, right?: string): Finding[] => [
      finding(departmentMismatch, definition, {
        message,
        at: [claimRange(definition, claim)],
        fix: right === undefined ? {} : replaced(definition, claim, right),
      }),
    ]
    const named = shown([claim.text])
    if (context.department !== null && departmentKey(context.department) !== key) {
      const message = `Its text says ${named}; in the console it belongs to ${context.department}.`
      return report(message, context.department)
    }
    const folder = definition.path?.split(/[\\/]/).at(-2) ?? ''
    const placed = folder === '' ? undefined : policyNamed(context, folder)
    if (context.department === null && placed && placed.department !== key) {
      return report(`Its text says ${named}; its folder is ${folder}.`, placed.department)
    }
    if (policy || context.department !== null || context.constitution.departments.length === 0)
      return []
    return report(`The rulebook knows no department ${named}.`)
  },
})

/** Role type and level are taken from the department's list (S30, drift D12). */
export const roleOutside: Rule = definitionRule({
  id: 'role-outside',
  severity: 'warning',
  principle: 'documentation',
  title: 'Role type and level are those of the department.',
  page: {
    what: 'Role type or interaction level is missing, or is not one that the department uses.',
    why: 'A reader judges by them how much an agent decides on its own. Free words cannot be compared.',
    passes: governedExample(),
    fails: example({ body: said('architecture', 'Wizard') }),
    fix: 'Use one of the department’s values, or have the list extended.',
  },
  check: (definition, context) => {
    const { department, roleType, interactionLevel } = definition.claims
    const policy = department ? policyNamed(context, department.text) : undefined
    if (!department || !policy) return []
    const fields = [
      { what: 'role type', claim: roleType, values: policy.roleTypes },
      { what: 'interaction level', claim: interactionLevel, values: policy.levels },
    ]
    return fields.flatMap(({ what, claim, values }) => {
      const [only, ...more] = values
      if (only === undefined) return []
      const known =
        claim && values.some((each) => departmentKey(each) === departmentKey(claim.text))
      if (known) return []
      const message = claim
        ? `The ${what} ${shown([claim.text])} is not used in ${policy.title}: ${shown(values)}.`
        : `It names a department but no ${what}.`
      return [
        finding(roleOutside, definition, {
          message,
          at: [claimRange(definition, claim ?? department)],
          fix: claim && more.length === 0 ? replaced(definition, claim, only) : {},
        }),
      ]
    })
  },
})

function replaced(definition: DefinitionContent, claim: ClaimedText, text: string) {
  const { start, end } = claimRange(definition, claim)
  if (definition.text.slice(start, end) !== claim.text) return {}
  return spliceFix(definition, `Write ${text}`, { start, end, text })
}
