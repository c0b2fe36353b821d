export type FirstDefinition = {
  name: string
  description: string
  tools: readonly string[]
  model: string
  instructions: string
}

const PLAIN = /^[\p{L}][\p{L}\p{N} ,.()'’/_-]*$/u

/** A value on one line. JSON strings are YAML double-quoted strings (YAML 1.2 section 1.3). */
function scalar(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return PLAIN.test(line) && !/\b(?:yes|no|true|false|null|on|off)\b/i.test(line)
    ? line
    : JSON.stringify(line)
}

/** "deploy-helper" → "Deploy helper". */
function titleOf(name: string): string {
  const words = name.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * The text of a new definition, in the form that agent tools read: YAML front matter, then
 * instructions. No tool chosen is written as the empty list, because leaving the line out would
 * grant every tool there is.
 */
export function firstText(agent: FirstDefinition): string {
  const tools = agent.tools.length === 0 ? '[]' : agent.tools.join(', ')
  const lines = [
    '---',
    `name: ${agent.name}`,
    `description: ${scalar(agent.description)}`,
    `tools: ${tools}`,
    `model: ${agent.model}`,
    '---',
    '',
    `# ${titleOf(agent.name)}`,
    '',
    agent.instructions.trim() || agent.description.trim(),
    '',
  ]
  return lines.join('\n')
}
