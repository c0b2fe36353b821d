import type { DefinitionContent, Diagnostic } from '@/lib/definition/model'
import { repairFrontmatter } from '@/lib/definition/repair'
import { evidence, fixFrom } from '../evidence'
import type { Finding, FindingSeverity, Rule } from '../model'
import { definitionRule, example } from './make'

const CAUSE = /^(?:frontmatter-|yaml-|json-|toml-|too-large$|empty$|lone-cr$)/

/**
 * The tool that loads the file will not see what it says about itself, or sees it only after
 * repairing it (formats.md section 4). Carries the fate; missing fields have rules of their own.
 */
export const frontmatterBroken: Rule = definitionRule({
  id: 'frontmatter-broken',
  severity: 'blocking',
  title: 'The tool that loads the file can read its fields.',
  page: {
    what: 'The block between the two `---` lines is missing or does not parse.',
    why: 'The tool drops the fields in silence: the agent vanishes, or loads with every tool.',
    passes: example(),
    fails: '# Quay planner\n\nSay which berth is free.\n',
    fix: 'Accept the proposed repair, or write the block anew.',
  },
  check: (definition) => {
    const severity = severityOf(definition)
    if (severity === null) return []
    const cause = definition.diagnostics.find(isCause)
    const { sentence } = definition.fate
    const said = cause && !sentence.includes(cause.message) ? ` ${cause.message}` : ''
    const finding: Finding = {
      rule: 'frontmatter-broken',
      severity,
      message: `${sentence}${said}`,
      lines: cause?.range ? evidence(definition, [cause.range]) : [],
      ...(cause?.range ? { range: cause.range } : {}),
      ...fixFrom(definition, 'Repair the frontmatter', repairFrontmatter(definition)),
    }
    return [finding]
  },
})

function isCause({ code }: Diagnostic): boolean {
  return CAUSE.test(code)
}

function severityOf(definition: DefinitionContent): FindingSeverity | null {
  const { fate, frontmatter, format, path } = definition
  if (definition.encoding === 'not-utf-8') return null
  switch (fate.kind) {
    case 'loads':
      return null
    case 'loads-after-repair':
      return 'error'
    case 'no-frontmatter':
      return 'blocking'
    case 'dropped':
      return frontmatter?.valid === true ? null : 'blocking'
    case 'other-tool': {
      // Cursor's rules are not strict YAML: `globs: **/*.ts` is an alias to every other parser.
      if (format === 'cursor' && path?.toLowerCase().endsWith('.mdc')) return null
      return definition.diagnostics.some(isCause) ? 'error' : null
    }
  }
}
