import type { DefinitionContent, DefinitionFormat, Diagnostic } from '@/lib/definition/model'
import { evidence } from '../evidence'
import type { Finding, Rule } from '../model'

const NEEDS_NAME: readonly DefinitionFormat[] = ['claude', 'gemini']
const NEEDS_DESCRIPTION: readonly DefinitionFormat[] = ['claude', 'gemini', 'copilot', 'opencode']

const readable = (definition: DefinitionContent) => definition.frontmatter?.valid === true

/** The tool that loads the file will not see what it says about itself (formats.md section 4). */
export const frontmatterBroken: Rule = {
  id: 'frontmatter-broken',
  severity: 'blocking',
  title: 'The frontmatter can be read.',
  check: (definition) => {
    const { kind, sentence } = definition.fate
    if (definition.encoding === 'not-utf-8') return []
    if (kind === 'loads' || kind === 'other-tool') return []
    const cause = definition.diagnostics.find(isCause)
    const finding: Finding = {
      rule: 'frontmatter-broken',
      severity: kind === 'loads-after-repair' ? 'error' : 'blocking',
      message: cause ? `${sentence} ${cause.message}` : sentence,
      lines: cause?.range ? evidence(definition, [cause.range]) : [],
      ...(cause?.range ? { range: cause.range } : {}),
    }
    return [finding]
  },
}

function isCause(diagnostic: Diagnostic): boolean {
  return /^(frontmatter|yaml|json|toml|too-large|empty)/.test(diagnostic.code)
}

/** Hosts choose agents by description; without one this agent is never chosen (S2). */
export const descriptionMissing: Rule = {
  id: 'description-missing',
  severity: 'blocking',
  title: 'There is a description.',
  check: (definition) => {
    if (!NEEDS_DESCRIPTION.includes(definition.format) || !readable(definition)) return []
    if ((definition.description ?? '').trim() !== '') return []
    return [
      missing(definition, 'description', 'No description: no tool will ever choose this agent.'),
    ]
  },
}

/** An agent without a name is not listed (S1). */
export const nameMissing: Rule = {
  id: 'name-missing',
  severity: 'blocking',
  title: 'There is a name.',
  check: (definition) => {
    if (!NEEDS_NAME.includes(definition.format) || !readable(definition)) return []
    if ((definition.name ?? '').trim() !== '') return []
    return [missing(definition, 'name', 'No name: the tool that loads it does not list it.')]
  },
}

function missing(definition: DefinitionContent, key: string, message: string): Finding {
  const range = definition.frontmatter?.range
  return {
    rule: `${key}-missing`,
    severity: 'blocking',
    message,
    lines: range ? evidence(definition, [range]) : [],
    ...(range ? { range } : {}),
  }
}
