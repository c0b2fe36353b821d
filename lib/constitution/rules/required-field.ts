import { slugify } from '@/lib/core/ids'
import { setField } from '@/lib/definition/edit'
import type { DefinitionContent, DefinitionFormat } from '@/lib/definition/model'
import { evidence, fieldFix } from '../evidence'
import type { Finding, Rule } from '../model'
import { definitionRule, example } from './make'

const NEEDS_NAME: readonly DefinitionFormat[] = ['claude', 'gemini']
const NEEDS_DESCRIPTION: readonly DefinitionFormat[] = ['claude', 'gemini', 'copilot', 'opencode']

/** An agent without a name is not listed by the tool that loads it (S1). */
export const nameMissing: Rule = definitionRule({
  id: 'name-missing',
  severity: 'blocking',
  title: 'There is a name.',
  page: {
    what: 'There is no `name`.',
    why: 'The tool that loads the file does not list the agent.',
    passes: example(),
    fails: example({ fields: { name: null } }),
    fix: 'Add a name.',
  },
  check: (definition) => {
    if (!NEEDS_NAME.includes(definition.format) || definition.name !== null) return []
    const file = (definition.path?.split(/[\\/]/).at(-1) ?? '').replace(/\.[^.]+$/, '')
    const slug = slugify(file, '')
    const fix =
      slug === ''
        ? {}
        : fieldFix(definition, `Name it ${slug}`, (header) => setField(header, 'name', slug))
    return missing(definition, 'name', {
      message: 'There is no name, so the tool that loads the file does not list the agent.',
      fix,
    })
  },
})

/** Hosts choose agents by their description; without one this agent is never chosen (S2). */
export const descriptionMissing: Rule = definitionRule({
  id: 'description-missing',
  severity: 'blocking',
  title: 'There is a description.',
  page: {
    what: 'There is no `description`.',
    why: 'Hosts choose agents by it; this one is never chosen.',
    passes: example(),
    fails: example({ fields: { description: null } }),
    fix: 'Say what it is expert in and when to use it.',
  },
  check: (definition) => {
    if (!NEEDS_DESCRIPTION.includes(definition.format) || definition.description !== null) return []
    return missing(definition, 'description', {
      message: 'There is no description, so no tool ever chooses this agent.',
      fix: {},
    })
  },
})

/** Silent where the frontmatter cannot be read: then nobody knows what is missing. */
function missing(
  definition: DefinitionContent,
  key: string,
  { message, fix }: { message: string; fix: Pick<Finding, 'fix'> },
): Finding[] {
  if (definition.frontmatter?.valid !== true) return []
  const field = definition.fields.find((each) => each.key === key)
  const range = field?.keyRange ?? definition.frontmatter.range
  const lines = evidence(definition, [range])
  return [{ rule: `${key}-missing`, severity: 'blocking', message, lines, range, ...fix }]
}
