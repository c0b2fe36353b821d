import { setField } from '@/lib/definition/edit'
import { evidence, fieldFix, shown } from '../evidence'
import type { Rule } from '../model'
import { definitionRule, example } from './make'

/** No list of tools means every tool of the session, the riskiest grant there is (S5). */
export const toolsInherited: Rule = definitionRule({
  id: 'tools-inherited',
  severity: 'warning',
  principle: 'access-control',
  title: 'The tools are named, not inherited.',
  page: {
    what: 'No tools are named.',
    why: 'Then the agent holds every tool of the session, a shell and the open web among them.',
    passes: example(),
    fails: example({ fields: { tools: null } }),
    fix: 'Name the tools that the agent needs.',
  },
  check: (definition) => {
    const { tools, format, frontmatter, fields, claims } = definition
    if (format !== 'claude' || !tools.inheritsAll || frontmatter?.valid !== true) return []
    const field = fields.find((each) => each.key === 'tools')
    const place = field?.keyRange ?? fields.find((each) => each.key === 'name')?.keyRange
    const range = place ?? frontmatter.range
    const said = claims.authorisedTools?.names ?? []
    const what = tools.form === 'absent' ? 'Names no tools' : '`tools` names nothing that limits it'
    return [
      {
        rule: 'tools-inherited',
        severity: 'warning',
        principle: 'access-control',
        message: `${what}, so it inherits every tool of the session, a shell among them.`,
        lines: evidence(definition, [range]),
        range,
        ...(said.length === 0
          ? {}
          : fieldFix(definition, `Grant what its text authorises: ${shown(said)}`, (header) =>
              setField(header, 'tools', said.join(', ')),
            )),
      },
    ]
  },
})
