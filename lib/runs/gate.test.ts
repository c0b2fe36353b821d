import { describe, expect, test } from 'vitest'
import type { Capabilities } from '@/lib/definition/model'
import { type CallFacts, decideCall, factsOf } from './gate'
import type { GatedCommand } from './model'
import { refusedGit } from './tools/gated'
import { parseCall } from './tools/register'

function capabilities(names: string[], more: Partial<Capabilities> = {}): Capabilities {
  return {
    tools: names.map((name) => ({
      name,
      base: name.replace(/\(.*/, ''),
      class: 'unclassified',
      risk: 'low',
      meaning: 'does things',
      line: 1,
    })),
    denied: [],
    inheritsAll: false,
    model: null,
    permissionMode: null,
    mcpServers: [],
    subAgents: [],
    hooks: [],
    skills: [],
    ...more,
  }
}

const git = (...args: string[]): GatedCommand => ({ argv: ['git', ...args], cwd: '.', stdin: null })

function facts(
  tool: string,
  args: unknown,
  more: { caps?: Capabilities; gated?: GatedCommand[]; ownLimits?: string[] } = {},
): CallFacts {
  return factsOf({
    tool,
    call: parseCall(tool, args),
    capabilities: more.caps ?? capabilities(['Read', 'Write', 'Bash']),
    ownLimits: more.ownLimits ?? [],
    gated: more.gated ?? [],
  })
}

describe('the gate', () => {
  test.each([
    [
      'a granted read inside the workspace',
      facts('Read', { file_path: 'a.ts' }),
      'allowed',
      'tool-granted',
    ],
    ['a plain script', facts('Bash', { command: 'ls' }), 'allowed', 'tool-granted'],
    [
      'a tool that the definition does not grant',
      facts('Grep', { pattern: 'x' }),
      'denied',
      'tool-granted',
    ],
    ['a tool that does not exist', facts('Teleport', {}), 'denied', 'tool-known'],
    ['unknown arguments', facts('Read', { file_path: 'a', sudo: true }), 'denied', 'tool-known'],
    [
      'a path above the workspace',
      facts('Read', { file_path: '../x' }),
      'denied',
      'inside-workspace',
    ],
    [
      'an absolute path elsewhere',
      facts('Write', { file_path: '/etc/x', content: '' }),
      'denied',
      'inside-workspace',
    ],
    [
      'a script that reaches git',
      facts('Bash', { command: 'x' }, { gated: [git('push')] }),
      'held',
      'git-approval',
    ],
    [
      'a script that reaches the network',
      facts(
        'Bash',
        { command: 'x' },
        { gated: [{ argv: ['curl', 'https://a.example'], cwd: '.', stdin: null }] },
      ),
      'held',
      'outbound-approval',
    ],
    [
      'git that would start a hidden program',
      facts('Bash', { command: 'x' }, { gated: [git('-c', 'core.pager=sh', 'log')] }),
      'denied',
      'no-hidden-programs',
    ],
    [
      'a tool that was granted and taken away again',
      facts('Bash', { command: 'ls' }, { caps: capabilities(['Bash'], { denied: ['Bash'] }) }),
      'denied',
      'tool-granted',
    ],
    [
      'a definition that inherits every tool',
      facts('Grep', { pattern: 'x' }, { caps: capabilities([], { inheritsAll: true }) }),
      'allowed',
      'tool-granted',
    ],
  ])('%s', (_name, given, verdict, rule) => {
    expect(decideCall(given)).toMatchObject({ verdict, rule })
  })

  test('an approval never grants what the definition does not: nobody is asked in vain', () => {
    const given = facts(
      'Bash',
      { command: 'x' },
      { caps: capabilities(['Read']), gated: [git('push')] },
    )
    expect(decideCall(given).verdict).toBe('denied')
  })

  test('the sentence of a held call comes from the register and names the effect', () => {
    const given = facts(
      'Bash',
      { command: 'x' },
      { gated: [git('push', '--force', 'origin', 'main')] },
    )
    expect(decideCall(given).sentence).toBe('Overwrites history on origin main.')
  })

  test('what the definition forbids itself is shown beside the decision and does not decide', () => {
    const limit = 'No deployment on Fridays'
    const given = facts('Read', { file_path: 'a' }, { ownLimits: [limit] })
    const decided = decideCall(given)
    expect(decided.verdict).toBe('allowed')
    expect(decided.notes.join()).toContain(limit)
  })

  test('a rule that fails denies', () => {
    const broken = { ...facts('Read', { file_path: 'a' }), gated: null } as unknown as CallFacts
    expect(decideCall(broken)).toMatchObject({ verdict: 'denied', rule: 'gate-error' })
  })
})

describe('a grant with a pattern', () => {
  const only = capabilities(['Bash(npm run:*)', 'Read(src/**)'])
  test.each([
    ['Bash', { command: 'npm run build' }, 'allowed'],
    ['Bash', { command: 'npm run' }, 'allowed'],
    ['Bash', { command: 'npm runaway' }, 'denied'],
    ['Bash', { command: 'npm run build; rm -rf .' }, 'denied'],
    ['Bash', { command: 'npm run $(cat x)' }, 'denied'],
    ['Bash', { command: 'npm run a\nrm x' }, 'denied'],
    ['Read', { file_path: 'src/a/b.ts' }, 'allowed'],
    ['Read', { file_path: '/workspace/src/a.ts' }, 'allowed'],
    ['Read', { file_path: 'src/../secret.ts' }, 'denied'],
  ])('%s %j is %s', (tool, args, verdict) => {
    expect(decideCall(facts(tool, args, { caps: only })).verdict).toBe(verdict)
  })
})

describe('git that is refused even when approved', () => {
  test.each([
    [['-c', 'alias.x=!sh', 'x']],
    [['--git-dir=/elsewhere', 'status']],
    [['--exec-path=/tmp', 'status']],
    [['config', 'core.hooksPath', 'x']],
    [['fetch', '--upload-pack=evil', 'origin']],
    [['fetch', '--upload-pa=evil', 'origin']],
    [['clone', '-u', 'evil', 'x']],
    [['clone', 'ext::sh -c evil']],
    [['rebase', '-x', 'evil', 'main']],
    [['submodule', 'foreach', 'evil']],
    [['bisect', 'run', 'evil']],
    [['-C', '../elsewhere', 'add', '-A']],
  ])('%j', (args) => {
    expect(refusedGit(git(...args))).not.toBeNull()
  })

  test.each([
    [['add', '-A']],
    [['-C', 'packages/a', 'add', '-A']],
    [['clean', '-fdx']],
    [['commit', '-C', 'HEAD']],
    [['commit', '-m', '-c is a flag']],
    [['switch', '-c', 'topic']],
    [['push', '-u', 'origin', 'main']],
    [['log', '--exclude=x']],
  ])('not %j', (args) => {
    expect(refusedGit(git(...args))).toBeNull()
  })
})
