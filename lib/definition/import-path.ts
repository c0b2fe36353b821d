import { slugify } from '@/lib/core/ids'
import type { DefinitionContent } from './model'

export type ImportKind = { kind: 'agent' } | { kind: 'skip'; reason: string }

const EXTENSION = /\.(?:md|mdc|markdown|toml|jsonc?)$/i
/** Lower case too; the others only as capitals, because `security.md` may well be an agent. */
const ABOUT_THE_FOLDER =
  /^(?:readme|changelog|contributing|code_of_conduct|licen[cs]e(?:-(?:statement|mit|apache|bsd)[\w-]*)?)(?:\.[\w-]+)*$/i
const SHOUTED = /^(?:SECURITY|NOTICE|COPYING|AUTHORS|CONTRIBUTORS|MAINTAINERS)(?:\.[\w-]+)*$/
const INSTRUCTIONS =
  /^(?:agents|claude|gemini|skill|copilot-instructions|.*\.(?:instructions|prompt))\.md$/i
const SETTINGS =
  /^(?:package(?:-lock)?|tsconfig(?:\.[\w-]+)?|manifest|settings(?:\.local)?|plugin|marketplace|composer|deno|mcp|\.mcp|hooks)\.jsonc?$|^(?:pyproject|cargo|config|netlify|wrangler)\.toml$/i
/** JSON is data of any kind; as an agent it lies where a tool looks for agents. */
const JSON_AGENT =
  /(?:^|\/)(?:(?:\.|dot-)(?:kiro|opencode)\/.*|(?:.*\/)?agents?\/[^/]+|opencode\.jsonc?)$/i

/**
 * What a file of an import is, by its path alone. Every file that could be an agent is taken; what
 * is not is skipped with the reason, so that nothing disappears without a word. Any separator.
 */
export function classifyImportPath(path: string): ImportKind {
  const normal = path.replaceAll('\\', '/')
  const name = normal.split('/').at(-1) ?? normal
  const skip = (reason: string): ImportKind => ({ kind: 'skip', reason })
  if (ABOUT_THE_FOLDER.test(name) || SHOUTED.test(name)) {
    return skip('It describes the folder (licence, readme or the like).')
  }
  if (!EXTENSION.test(name) || /^\._/.test(name)) {
    return skip('Agents are .md, .mdc, .toml or .json files.')
  }
  if (INSTRUCTIONS.test(name)) return skip('It holds instructions or a skill, not an agent.')
  if (SETTINGS.test(name)) return skip('It is a settings file, not an agent.')
  if (/\.jsonc?$/i.test(name) && !JSON_AGENT.test(normal)) {
    return skip('It is JSON outside a folder of agents.')
  }
  return { kind: 'agent' }
}

/**
 * The slug that an agent gets in the catalog: from its name, else from its file. Not unique; the
 * catalog appends a number. Names without Latin letters fall back to the file, then to "agent".
 */
export function slugFor(definition: Pick<DefinitionContent, 'name'>, path: string): string {
  const file = (path.split(/[\\/]/).at(-1) ?? '').replace(
    /\.(?:agent\.md|chatmode\.md|md|mdc|markdown|toml|jsonc?)$/i,
    '',
  )
  return slugify(definition.name ?? '', slugify(file, 'agent'))
}
