import { slugify } from '@/lib/core/ids'
import type { DefinitionContent } from './model'

export type ImportKind = { kind: 'agent' } | { kind: 'skip'; reason: string }

const AGENT_FILE = /\.(md|mdc|markdown|toml|json)$/i
const ABOUT_THE_FOLDER =
  /^(readme|changelog|contributing|security|code_of_conduct|license|licence|license-statement|notice)(\.[a-z]+)?$/i
const SETTINGS =
  /^(package(-lock)?|tsconfig|manifest|settings|settings\.local|plugin|marketplace|composer|deno)\.json$/i

/**
 * What a file of an import is, by its path alone. Every file that could be an agent is taken; what
 * only describes the folder is skipped, with the reason, so that nothing disappears without a word.
 */
export function classifyImportPath(path: string): ImportKind {
  const name = path.split('/').at(-1) ?? path
  if (ABOUT_THE_FOLDER.test(name)) {
    return { kind: 'skip', reason: 'It describes the folder (licence, readme or the like).' }
  }
  if (SETTINGS.test(name)) return { kind: 'skip', reason: 'It is a settings file, not an agent.' }
  if (!AGENT_FILE.test(name)) {
    return { kind: 'skip', reason: 'Agents are .md, .mdc, .toml or .json files.' }
  }
  return { kind: 'agent' }
}

/**
 * The slug that an agent gets in the catalog: from its name, else from its file. Not unique; the
 * catalog appends a number. Names without Latin letters fall back to the file, then to "agent".
 */
export function slugFor(definition: Pick<DefinitionContent, 'name'>, path: string): string {
  const file = (path.split('/').at(-1) ?? '')
    .replace(/\.(agent\.md|chatmode\.md|md|mdc|markdown|toml|json)$/i, '')
    .replace(/^agent$/i, '')
  const fromFile = slugify(file, 'agent')
  return slugify(definition.name ?? '', fromFile)
}
