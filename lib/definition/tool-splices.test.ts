import { describe, expect, it } from 'vitest'
import { addTool, removeTool } from './edit'
import type { EditResult } from './model'
import { definitionOf } from './testing/reference'

function textOf(result: EditResult): string {
  if (!result.ok) throw new Error(result.reason)
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(result.bytes)
}
const wrap = (line: string) => `---\nname: a\n${line}\nmodel: sonnet # the cheap one\n---\n\nBody\n`

describe('tools', () => {
  it('a tool that is named twice goes twice', () => {
    const text = wrap('tools: Read, Bash, Read')
    expect(textOf(removeTool(definitionOf(text), 'Read'))).toBe(wrap('tools: Bash'))
  })

  it('OpenCode’s map is switched, not cut', () => {
    const text = '---\nmode: subagent\ntools:\n  read: true\n  bash: true\n---\n'
    const off = textOf(removeTool(definitionOf(text), 'bash'))
    expect(off).toBe(text.replace('bash: true', 'bash: false'))
    expect(textOf(addTool(definitionOf(off), 'bash'))).toBe(text)
    expect(textOf(addTool(definitionOf(text), 'edit'))).toContain('  bash: true\n  edit: true\n')
  })

  it.each([
    [
      'tools:\n  # files\n  - Read # r\n  # shell\n  - Bash',
      'tools:\n  # files\n  - Read # r\n  # shell',
    ],
    [
      'tools: [\n  Read, # r\n  # shell\n  Bash, # b\n  Grep\n]',
      'tools: [\n  Read, # r\n  # shell\n  Grep\n]',
    ],
    ['tools: [\n  Read, # r\n  Bash\n]', 'tools: [\n  Read, # r\n]'],
    ['tools: [Read, Bash] # both', 'tools: [Read] # both'],
    ['tools: Read, Bash # both', 'tools: Read # both'],
    ['tools: >-\n  Read,\n  Bash', 'tools: >-\n  Read'],
    ["tools: 'Read Bash'", "tools: 'Read'"],
    ['tools: { Read: true, Bash: true }', 'tools: { Read: true, Bash: false }'],
  ])('taking Bash out of %j keeps every comment that is not its own', (before, after) => {
    expect(textOf(removeTool(definitionOf(wrap(before)), 'Bash'))).toBe(wrap(after))
  })

  it.each([
    ['tools:\n  - Read # r\n  # end', 'tools:\n  - Read # r\n  - Bash\n  # end'],
    ['tools: [\n  Read, # r\n  Grep # g\n]', 'tools: [\n  Read, # r\n  Grep, Bash # g\n]'],
    ['tools: >-\n  Read,\n  Grep', 'tools: >-\n  Read,\n  Grep,\n  Bash'],
    ['tools: { Read: true }', 'tools: { Read: true, Bash: true }'],
    ['tools: []', 'tools: [Bash]'],
    ['tools: "Read"', 'tools: "Read, Bash"'],
  ])('granting Bash in %j', (before, after) => {
    expect(textOf(addTool(definitionOf(wrap(before)), 'Bash'))).toBe(wrap(after))
  })

  it('the last tool of a commented list leaves the comments above it', () => {
    const after = textOf(
      removeTool(definitionOf(wrap('tools: # why\n  # files\n  - Read')), 'Read'),
    )
    expect(after).toBe(wrap('tools: [] # why\n  # files'))
  })

  it.each([
    ['nothing named', 'x: y', 'inherits every tool'],
    ['tools: true', 'tools: true', 'inherits every tool'],
    ['already there', 'tools: Glob', 'granted already'],
  ])('refuses to add: %s', (_, line, reason) => {
    expect(addTool(definitionOf(wrap(line)), 'Glob')).toMatchObject({
      ok: false,
      reason: expect.stringContaining(reason),
    })
  })

  it.each(['Re ad', 'A,B', '', 'A\nB', ' Read'])('%j is no tool name', (name) => {
    expect(addTool(definitionOf(wrap('tools: Read')), name).ok).toBe(false)
  })
})
