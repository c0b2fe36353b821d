import type { DefinitionFormat } from './model'

/** GNU Stow and some archives write a leading dot of a folder as `dot-`. */
const FOLDERS: readonly (readonly [RegExp, DefinitionFormat])[] = [
  [/(?:^|\/)(?:\.|dot-)kiro\//, 'kiro'],
  [/(?:^|\/)(?:\.|dot-)gemini\//, 'gemini'],
  [/(?:^|\/)(?:\.|dot-)opencode\//, 'opencode'],
  [/(?:^|\/)(?:\.|dot-)cursor\//, 'cursor'],
  [/(?:^|\/)(?:\.|dot-)github\/(?:agents|chatmodes)\//, 'copilot'],
  [/(?:^|\/)(?:\.|dot-)claude\//, 'claude'],
]

/** A path with forward slashes and without a leading `./`. */
function normalPath(path: string): string {
  return path.replaceAll('\\', '/').replace(/^(?:\.\/)+/, '')
}

/**
 * Which tool a file is for, from its path and, where that says nothing, from its first lines.
 * Markdown that no other tool claims counts as Claude Code's, the native format.
 */
export function formatOf(path: string | null, text: string): DefinitionFormat {
  const name = path === null ? '' : normalPath(path).toLowerCase()
  if (name.endsWith('.toml')) return 'codex-toml'
  if (/\.jsonc?$/.test(name)) return jsonFormat(name, text)
  if (name.endsWith('.mdc')) return 'cursor'
  if (/\.(?:agent|chatmode)\.md$/.test(name)) return 'copilot'
  const folder = FOLDERS.find(([pattern]) => pattern.test(name))?.[1]
  if (folder) return folder
  if (/\.(?:md|markdown)$/.test(name)) return sniffed(text) ?? 'claude'
  if (path === null && /^\s*\{/.test(text)) return jsonFormat(name, text)
  return sniffed(text) ?? (/^\ufeff?---[ \t]*[\r\n]/.test(text) ? 'claude' : 'unknown')
}

function jsonFormat(path: string, text: string): DefinitionFormat {
  if (/(?:^|\/)(?:\.|dot-)kiro\//.test(path)) return 'kiro'
  if (/(?:^|\/)opencode\.jsonc?$/.test(path) || text.includes('opencode.ai/config.json')) {
    return 'opencode-json'
  }
  return /"prompt"\s*:/.test(text) && /"name"\s*:/.test(text) ? 'kiro' : 'unknown'
}

const HEAD_CHARACTERS = 4_000

/** Keys that only one tool knows. Looks at the frontmatter alone. */
function sniffed(text: string): DefinitionFormat | null {
  const head = text.slice(0, HEAD_CHARACTERS)
  const close = head.search(/\n---[ \t]*\r?(?:\n|$)/)
  const block = close < 0 ? '' : head.slice(0, close)
  if (/^mode:[ \t]*(?:subagent|primary|all)\b/m.test(block)) return 'opencode'
  if (/^tools:[ \t]*\r?\n[ \t]+[\w*"-]+:[ \t]*(?:true|false)\b/m.test(block)) return 'opencode'
  if (/^(?:globs|alwaysApply):/m.test(block)) return 'cursor'
  return null
}
