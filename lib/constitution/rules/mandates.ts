import type { DefinitionContent } from '@/lib/definition/model'
import { baseName } from '@/lib/definition/names'
import { toolFact } from '@/lib/definition/tool-catalog'
import { claimRange, finding, lineRange, shown } from '../evidence'
import type { Rule } from '../model'
import { isGoverned } from './family'
import { definitionRule, governedExample } from './make'
import { isConstitutional, weakening } from './principle-match'

/** Duties that every agent inherits, by the principle that they come from (S19 to S22). */
const MANDATES = [
  { principle: 'git-approval', title: 'no Git without approval', words: /\bgit\b/i },
  { principle: 'test-first', title: 'test first', words: /\btests?[- ]first\b/i },
  { principle: 'library-first', title: 'library first', words: /\blibrar(?:y|ies)[- ]first\b/i },
  { principle: 'observability', title: 'an audit trail', words: /\baudit\b/i },
] as const

const CITED = '**Constitution**: v1.0.0\n\n### Critical Mandates\n\n'
const ALL = [
  '- No Git operation before a person agreed to it',
  '- Test-first, always',
  '- Library-first, always',
  '- Every operation leaves an audit trail',
]

/** A mandate is inherited, not typed: it may be strengthened, never left out (S23). */
export const mandateMissing: Rule = definitionRule({
  id: 'mandate-missing',
  severity: 'error',
  principle: 'git-approval',
  title: 'Every mandate of the constitution is there.',
  page: {
    what: 'The list of mandates leaves one out.',
    why: 'Mandates are the few duties that hold without exception. A list that skips one tells the agent that it does not apply.',
    passes: governedExample({ body: CITED + ALL.join('\n') }),
    fails: governedExample({ body: CITED + ALL.slice(1).join('\n') }),
    fix: 'Add the missing mandate.',
  },
  check: (definition, context) => {
    const { mandates } = definition.claims
    if (mandates.length === 0 || !isConstitutional(definition)) return []
    const slugs = new Set(context.constitution.principles.map((each) => each.slug))
    const missing = MANDATES.filter(
      ({ principle, words }) =>
        slugs.has(principle) && !mandates.some(({ text }) => words.test(text)),
    )
    const [first] = mandates
    if (missing.length === 0 || !first) return []
    return [
      finding(mandateMissing, definition, {
        message: `The mandates leave out ${shown(missing.map((each) => each.title))}.`,
        at: [lineRange(definition, first.line, '')],
      }),
    ]
  },
})

/** "Unless urgent" turns a mandate into advice (S23). */
export const mandateWeakened: Rule = definitionRule({
  id: 'mandate-weakened',
  severity: 'error',
  principle: 'git-approval',
  title: 'No mandate has an escape.',
  page: {
    what: 'A mandate contains words that take it back, such as “unless” or “when possible”.',
    why: 'An agent under pressure always finds that the exception applies.',
    passes: governedExample({ body: CITED + ALL.join('\n') }),
    fails: governedExample({
      body: `${CITED}- No Git operation before a person agreed to it, unless urgent\n${ALL.slice(1).join('\n')}`,
    }),
    fix: 'Take the escape out. What must be allowed needs a waiver with an end.',
  },
  check: (definition) =>
    isGoverned(definition)
      ? definition.claims.mandates.slice(0, 50).flatMap((mandate) => {
          const words = weakening(mandate.text)
          if (words === null) return []
          return [
            finding(mandateWeakened, definition, {
              message: `A mandate is weakened by “${shown([words])}”.`,
              at: [lineRange(definition, mandate.line, words)],
            }),
          ]
        })
      : [],
})

/** It can reach Git through a shell, and nothing in its text says that it has to ask (S48). */
export const gitUngoverned: Rule = definitionRule({
  id: 'git-ungoverned',
  severity: 'error',
  principle: 'git-approval',
  title: 'An agent with a shell knows that Git needs a yes.',
  page: {
    what: 'The agent rests on a constitution and holds a shell, but no mandate, principle or restricted operation speaks of Git.',
    why: 'A shell reaches every Git command. History that was pushed cannot be taken back.',
    passes: governedExample({
      fields: { tools: 'Read, Bash' },
      body: '**Constitution**: v1.0.0\n\n### Restricted Operations\n\n- Git only after a yes',
    }),
    fails: governedExample({ fields: { tools: 'Read, Bash' }, body: '**Constitution**: v1.0.0' }),
    fix: 'State the mandate, or take the shell away.',
  },
  check: (definition) => {
    const { claims, format } = definition
    if (!isConstitutional(definition) || claims.mandates.length > 0) return []
    const shell = definition.tools.entries.find(
      ({ name }) => toolFact(baseName(name), format)?.class === 'execute',
    )
    const said = [
      ...claims.restrictedOperations.map(({ text }) => text),
      ...(claims.principles?.items ?? []).map(({ title, text }) => `${title} ${text}`),
    ]
    if (!shell || said.some((text) => /\bgit\b/i.test(text))) return []
    return [
      finding(gitUngoverned, definition, {
        message: `${shown([shell.name])} reaches Git, and its text does not say that Git needs approval.`,
        at: [shell.range],
      }),
    ]
  },
})

const AUTHORITY = '## Constitutional Adherence\n\n'

/** Constitution above governance above agent (S18). */
export const authorityMissing: Rule = definitionRule({
  id: 'authority-missing',
  severity: 'warning',
  principle: 'documentation',
  title: 'The agent names the constitution it obeys.',
  page: {
    what: 'The file cites a version of the constitution but refers to no document, or puts another document first.',
    why: 'Where two texts disagree the agent has to know which one counts.',
    passes: governedExample({
      body: `${AUTHORITY}- **Primary Authority**: \`governance/constitution.md\`\n\n**Constitution**: v1.0.0`,
    }),
    fails: governedExample({ body: '**Constitution**: v1.0.0' }),
    fix: 'Refer to the constitution first, then to the rules below it.',
  },
  check: (definition) => {
    const { authorities, constitutionLabel } = definition.claims
    if (!isGoverned(definition) || constitutionLabel?.version == null) return []
    const [first] = authorities
    if (!first) {
      const message = 'It cites a constitution but refers to no document of it.'
      const at = [claimRange(definition, constitutionLabel)]
      return [finding(authorityMissing, definition, { message, at })]
    }
    const at = authorities.findIndex(({ path }) => /constitution/i.test(path))
    if (at === 0) return []
    return [misplaced(definition, first, at > 0)]
  },
})

function misplaced(
  definition: DefinitionContent,
  first: { path: string; line: number },
  second: boolean,
) {
  return finding(authorityMissing, definition, {
    message: second
      ? `It puts ${shown([first.path])} above the constitution.`
      : `None of the documents that it obeys is the constitution: ${shown([first.path])}.`,
    at: [lineRange(definition, first.line, first.path)],
  })
}
