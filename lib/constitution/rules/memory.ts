import type { MemoryPath } from '@/lib/definition/claims/model'
import { lineBreak } from '@/lib/definition/lines'
import type { DefinitionContent } from '@/lib/definition/model'
import { finding, lineRange, linesOf, shown, spliceFix } from '../evidence'
import type { Rule } from '../model'
import { departmentKey, isGoverned } from './family'
import { definitionRule, governedExample } from './make'

const KINDS = ['context', 'knowledge', 'decisions', 'performance'] as const
const place = 'memory/architecture/quay-planner'
const lines = (kinds: readonly string[], base = place) =>
  `## Memory References\n\n- Base Path: \`${base}/\`\n${kinds
    .map((kind) => `- ${kind[0]?.toUpperCase()}${kind.slice(1)}: \`${base}/${kind}/\``)
    .join('\n')}`

/** Governance knows four kinds of memory; a file that lists its memory lists all (S35). */
export const memoryKinds: Rule = definitionRule({
  id: 'memory-kinds',
  severity: 'warning',
  principle: 'observability',
  title: 'Every kind of memory has its place.',
  page: {
    what: 'The file says where its memory lies and leaves out context, knowledge, decisions or performance.',
    why: 'What has no place is written somewhere, or not at all; decisions most of all.',
    passes: governedExample({ body: lines(KINDS) }),
    fails: governedExample({ body: lines(KINDS.slice(0, 2)) }),
    fix: 'Add a line for each missing kind.',
  },
  check: (definition) => {
    const { memory } = definition.claims
    const own = memory.filter(({ kind }) => kind !== 'shared')
    const last = own.at(-1)
    if (!last || !isGoverned(definition)) return []
    const missing = KINDS.filter((kind) => !own.some((path) => path.kind === kind))
    if (missing.length === 0) return []
    return [
      finding(memoryKinds, definition, {
        message: `No place is named for its memory of ${missing.join(' and ')}.`,
        at: own.map(({ line, path }) => lineRange(definition, line, path)),
        fix: added(definition, last, missing),
      }),
    ]
  },
})

function added(definition: DefinitionContent, last: MemoryPath, missing: readonly string[]) {
  const base = definition.claims.memory.find(({ kind }) => kind === 'base')
  const line = linesOf(definition).contentOf(last.line)
  const lead = /^\s*[-*+] /.exec(line)?.[0]
  if (!base || lead === undefined) return {}
  const root = base.path.replace(/\/?$/, '/')
  const mark = last.code ? '`' : ''
  const eol = lineBreak(definition.eol)
  const at = linesOf(definition).startOf(last.line) + line.length
  const text = missing
    .map(
      (kind) =>
        `${eol}${lead}${kind[0]?.toUpperCase()}${kind.slice(1)}: ${mark}${root}${kind}/${mark}`,
    )
    .join('')
  return spliceFix(definition, `Add ${missing.join(' and ')}`, { start: at, end: at, text })
}

/** An agent that reads the memory of another department carries its secrets away (S34). */
export const memoryPath: Rule = definitionRule({
  id: 'memory-path',
  severity: 'warning',
  principle: 'access-control',
  title: 'The memory is the agent’s own.',
  page: {
    what: 'A path of its own memory does not go through its department and its name.',
    why: 'Two agents that write to one place overwrite each other, and read what was not meant for them.',
    passes: governedExample({ body: lines(KINDS) }),
    fails: governedExample({ body: lines(KINDS, 'memory/product/quay-planner') }),
    fix: 'Put the department and the name of the agent into the path.',
  },
  check: (definition) => {
    const { memory, department } = definition.claims
    const { name } = definition
    if (!department || name === null || !isGoverned(definition)) return []
    const key = departmentKey(department.text)
    const wrong = memory.filter(({ kind, path }) => {
      if (kind === 'shared' || kind === 'other') return false
      const parts = path.split('/').map(departmentKey)
      return !parts.some((part, at) => part === key && parts[at + 1] === departmentKey(name))
    })
    if (wrong.length === 0) return []
    return [
      finding(memoryPath, definition, {
        message: `Its memory does not lie under ${shown([`${key}/${name}`])}: ${shown(wrong.map(({ path }) => path))}.`,
        at: wrong.map(({ line, path }) => lineRange(definition, line, path)),
      }),
    ]
  },
})
