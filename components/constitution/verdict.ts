import type { DepartmentPolicy, PolicyVerdict } from '@/lib/constitution/model'

export const VERDICT_WORDS: Record<PolicyVerdict, string> = {
  allowed: 'Yes',
  conditional: 'With a reason',
  forbidden: 'No',
}
/** Text colour beside the word; the word alone says it. */
export const VERDICT_INK: Record<PolicyVerdict, string> = {
  allowed: 'text-grn',
  conditional: 'text-amb',
  forbidden: 'text-red',
}

/** Every tool that some department says something about, in the order in which they do. */
export function toolsOf(departments: readonly DepartmentPolicy[]): string[] {
  return [...new Set(departments.flatMap((one) => Object.keys(one.tools)))]
}

/** What a department says of a tool; one that is not listed is conditional. */
export function verdictOf(department: DepartmentPolicy, tool: string): PolicyVerdict {
  return Object.hasOwn(department.tools, tool)
    ? (department.tools[tool] ?? 'conditional')
    : 'conditional'
}
