import { describe, expect, it } from 'vitest'
import type { GatedCommand } from '@/lib/runs/model'
import { callLine, gatedLine, matchesIn, payloadOf } from './payload'

const command = (...argv: string[]): GatedCommand => ({ argv, cwd: '.', stdin: null })
const bash = (text: string, ...gated: GatedCommand[]) =>
  payloadOf({ tool: 'Bash', effectiveArgs: JSON.stringify({ command: text }), gated })

describe('what a held call shows', () => {
  it('is every argument whole, with its type and size', () => {
    const args = { file_path: 'a/b.txt', edits: [{ old: 'x' }], limit: 20, all: true, none: null }
    const shown = payloadOf({ tool: 'Write', effectiveArgs: JSON.stringify(args), gated: [] })
    expect(shown.args.map((arg) => [arg.name, arg.type, arg.text])).toEqual([
      ['file_path', 'text', 'a/b.txt'],
      ['edits', 'list', '[\n  {\n    "old": "x"\n  }\n]'],
      ['limit', 'number', '20'],
      ['all', 'flag', 'true'],
      ['none', 'nothing', 'null'],
    ])
    expect(shown.bytes).toBe(JSON.stringify(args).length)
    expect(shown.incomplete).toBeNull()
  })

  it('takes class and consequence from the register, not from the arguments', () => {
    const shown = bash(
      'git push origin main # only reads',
      command('git', 'push', 'origin', 'main'),
    )
    expect(shown.class).toBe('outbound')
    expect(shown.gated.map((line) => line.sentence)).toEqual(['Pushes to origin main.'])
    expect(bash('ls -la').class).toBe('execute')
  })

  it('names the worst class when several commands are held', () => {
    const push = command('git', 'push', '--force', 'origin', 'main')
    expect(bash('x', command('curl', 'https://example.org'), push).class).toBe('destroy')
  })

  it('has no class for a tool that is not in the register', () => {
    const shown = payloadOf({ tool: 'execute_sql', effectiveArgs: '{"q":"select 1"}', gated: [] })
    expect([shown.class, shown.effect]).toEqual([null, null])
  })

  it('counts the characters that nobody sees', () => {
    expect(bash('echo a\u202eb\u{e0041}').hidden).toBe(2)
  })
})

describe('approving is off', () => {
  it.each([
    ['arguments that are no JSON', '{"command": '],
    ['arguments that are no object', '["git push"]'],
    ['half a character', '{"command":"echo \\ud800"}'],
    ['more than a person can read', JSON.stringify({ command: 'x'.repeat(100_001) })],
  ])('for %s', (_, effectiveArgs) => {
    expect(payloadOf({ tool: 'Bash', effectiveArgs, gated: [] }).incomplete).toMatch(/\.$/)
  })

  it('but not for a text that only writes about half characters', () => {
    expect(bash('grep "\\\\ud800" notes.txt').incomplete).toBeNull()
  })
})

describe('what the rule matched', () => {
  const at = (text: string, ...gated: GatedCommand[]) =>
    matchesIn(text, gated).map((match) => [match.note, text.slice(match.start, match.end)])

  it('is marked where the script says it literally, in order', () => {
    const script = 'npm test && git add -A && git push origin HEAD:main'
    const add = command('git', 'add', '-A')
    expect(at(script, add, command('git', 'push', 'origin', 'HEAD:main'))).toEqual([
      [1, 'git add -A'],
      [2, 'git push origin HEAD:main'],
    ])
  })

  it('is marked as far as it stands there when a variable gave the rest', () => {
    expect(at('git push origin $BRANCH', command('git', 'push', 'origin', 'main'))).toEqual([
      [1, 'git push origin'],
    ])
  })

  it('is never marked inside another word', () => {
    expect(at('cat legit pushes', command('git', 'push'))).toEqual([])
  })

  it('is listed even when a script hides it from the eye', () => {
    const shown = bash('$(printf gi)t push', command('git', 'push'))
    expect(shown.args[0]?.matches).toEqual([])
    expect(shown.gated[0]?.text).toBe('git push')
  })
})

describe('a command in words', () => {
  it('never lets one word look like two', () => {
    expect(gatedLine(command('git', 'commit', '-m', 'two words'), 0).text).toBe(
      "git commit -m 'two words'",
    )
    expect(gatedLine(command('git', 'push', "it's"), 0).text).toBe("git push 'it'\\''s'")
    expect(gatedLine(command('git', 'push', ''), 0).text).toBe("git push ''")
  })

  it('tells calls apart by their commands, else by their first argument', () => {
    expect(callLine({ tool: 'Bash', effectiveArgs: '{}', gated: [command('git', 'push')] })).toBe(
      'git push',
    )
    expect(callLine({ tool: 'Read', effectiveArgs: '{"file_path":"a.txt"}', gated: [] })).toBe(
      'Read a.txt',
    )
  })
})
