import { type ConvertTarget, convertTo } from '../convert'
import type { DefinitionContent } from '../model'
import { readDefinition } from '../read'
import { bytesOf } from './reference'

export const BODY = '\n# Berths\n\nOne at a time. C:\\temp, """ and \'\'\'.\n'
const claudeText = (...lines: string[]) =>
  `---\nname: berth-planner\ndescription: Plans berths.\n${lines.map((line) => `${line}\n`).join('')}---\n${BODY}`
export const read = (text: string, path: string) => readDefinition(bytesOf(text), { path })
export const claude = (...lines: string[]) =>
  read(claudeText(...lines), '.claude/agents/berth-planner.md')

/** A conversion read again, with its losses as "severity field". */
export function converted(definition: DefinitionContent, target: ConvertTarget) {
  const result = convertTo(definition, target)
  if (!result.ok) throw new Error(result.reason)
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
  const after = readDefinition(result.bytes, { path: `${result.folder}/${result.fileName}` })
  return {
    ...result,
    text,
    after,
    rows: result.losses.map((loss) => `${loss.severity} ${loss.field}`),
  }
}
