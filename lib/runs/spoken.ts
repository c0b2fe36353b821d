/**
 * What a model said in one stored message, without its tool calls: the text parts of a message
 * body (a string, or the parts of the provider SDK's format). Null when it said nothing.
 */
export function spokenText(body: string): string | null {
  const text = textOf(parsed(body)).trim()
  return text === '' ? null : text
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(textOf).filter(Boolean).join('\n\n')
  if (typeof value !== 'object' || value === null) return ''
  if ('type' in value && value.type === 'text' && 'text' in value) return textOf(value.text)
  // A message wraps its parts; any other part (a call, a result, reasoning) is not what it said.
  return 'content' in value && !('type' in value) ? textOf(value.content) : ''
}
