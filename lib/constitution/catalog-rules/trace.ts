import type { DefinitionContent } from '@/lib/definition/model'
import { finding, lineRange } from '../evidence'
import { catalogRule, file } from './make'

const footer = (version: string, ...rows: string[]) =>
  `## Update History\n\n| Version | Date | Changes | Approved By |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n\n**Agent Version**: ${version}`

/** What a change of the file left behind in its own history (drift D7). */
export type Trace = 'both' | 'version' | 'row' | 'none'

/** Null where the bytes are the same, or where the file keeps neither version nor history. */
export function traceOf(before: DefinitionContent, after: DefinitionContent): Trace | null {
  const keeps = [before, after].some(
    ({ claims }) => claims.historyRows.length > 0 || (claims.footer?.version ?? null) !== null,
  )
  if (before.text === after.text || !keeps) return null
  const version = before.claims.footer?.version?.text !== after.claims.footer?.version?.text
  const row = rowsOf(before) !== rowsOf(after)
  return version && row ? 'both' : version ? 'version' : row ? 'row' : 'none'
}

const rowsOf = ({ claims }: DefinitionContent) =>
  claims.historyRows.map(({ version, date }) => `${version} ${date}`).join('|')

/** The history that a file keeps of itself has gaps (S79, drift D7). */
export const changeUntraced = catalogRule({
  id: 'change-untraced',
  severity: 'warning',
  principle: 'documentation',
  title: 'Every change is in the file’s own history.',
  page: {
    what: 'Between older versions of the file its text changed, and its own version or history did not.',
    why: 'A history with gaps is trusted like one without. What the console recorded is complete; what the file claims is not.',
    passes: [
      file('quay-planner', { body: footer('1.0.0', '| 1.0.0 | 2026-01-10 | First | Ida Botha |') }),
    ],
    fails: [
      file('quay-planner', { body: footer('1.0.0', '| 1.0.0 | 2026-01-10 | First | Ida Botha |') }),
    ],
    fix: 'Add the missing rows, or take the history out of the file: the console keeps one.',
  },
  check: (agents) =>
    agents.flatMap((agent) => {
      const { past = [], definition, slug } = agent
      const states = [...past, definition]
      const traces = states.flatMap((state, at) => {
        const before = states[at - 1]
        return before ? (traceOf(before, state) ?? []) : []
      })
      const count = (trace: Trace) => traces.filter((each) => each === trace).length
      const gaps = [
        ...said(count('none'), 'without a trace'),
        ...said(count('version'), 'with a new version but no row'),
        ...said(count('row'), 'with a row but no new version'),
      ]
      if (gaps.length === 0) return []
      const version = definition.claims.footer?.version
      return [
        {
          slug,
          finding: finding(changeUntraced, definition, {
            message: `Of ${traces.length} changes, ${gaps.join(', ')}.`,
            at: version ? [lineRange(definition, version.line, version.text)] : [],
          }),
        },
      ]
    }),
})

const said = (count: number, what: string) => (count === 0 ? [] : [`${count} ${what}`])
