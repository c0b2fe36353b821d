import type { DefinitionContent } from '../model'
import { fileStem, plainAgent } from './agent'
import type { Agent, Report } from './model'

/** A rule of Cursor: `.mdc`, or Markdown whose frontmatter has the keys of one. */
export function isCursorRule({ path, text, frontmatter }: DefinitionContent): boolean {
  if (path?.toLowerCase().endsWith('.mdc')) return true
  const { start, end } = frontmatter?.contentRange ?? { start: 0, end: 0 }
  return /^(?:globs|alwaysApply):/m.test(text.slice(start, end))
}

/**
 * Its frontmatter looks like YAML and is not: `globs: **\/*.ts` is an alias there. So it is read line
 * by line. A rule has no name, tools or model; its description and its text are all there is.
 */
export function readCursorRule(definition: DefinitionContent, report: Report): Agent {
  const { text, frontmatter } = definition
  const { start, end } = frontmatter?.contentRange ?? { start: 0, end: 0 }
  const lines = text.slice(start, end).split(/\r\n|\n|\r/)
  const said = (key: string) => {
    const value =
      lines
        .find((line) => line.startsWith(`${key}:`))
        ?.slice(key.length + 1)
        .trim() ?? ''
    return value.replace(/^(["'])(.*)\1$/, '$2')
  }
  for (const [key, what] of [
    ['globs', 'the files that call for the rule'],
    ['alwaysApply', 'whether it always applies'],
  ] as const) {
    const value = said(key)
    if (value === '') continue
    report({
      field: key,
      severity: 'lost',
      before: value,
      after: null,
      sentence: `An agent does not say ${what}.`,
    })
  }
  const description = said('description')
  return {
    ...plainAgent({ ...definition, fields: [] }),
    name: fileStem(definition),
    description: description === '' ? null : description,
    tools: null,
    denied: [],
    model: null,
  }
}
