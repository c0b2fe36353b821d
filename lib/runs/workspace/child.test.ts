import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OverlayChange } from '../model'
import { type TestWorkspace, testWorkspace } from '../testing/workspace'
import { changeSetDigest, verifyChanges } from './change-set'

let workspace: TestWorkspace

beforeAll(async () => {
  workspace = await testWorkspace({
    'src/a.ts': 'const a = 1\nconst b = 1\n',
    'src/deep/b.ts': 'one\ntwo\nthree\n',
    'docs/guide.md': '# Guide\n',
    'run.sh': 'echo hello\n',
    '.env': 'SECRET=1\n',
    '.git/config': '[core]\n',
    '$&.txt': 'x\n',
  })
})
afterAll(() => workspace.remove())

async function done(tool: string, args: unknown, changes: OverlayChange[] = []) {
  const answer = await workspace.call(tool, args, { changes })
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer))
  return answer
}
const bash = (command: string, changes: OverlayChange[] = []) => done('Bash', { command }, changes)
const paths = (changes: readonly OverlayChange[] | null) =>
  (changes ?? []).map((change) => `${change.change} ${change.path}`)

describe('the overlay', () => {
  test('leaves the real files alone, whatever a script does', async () => {
    await bash('rm -rf src docs; echo x > new.txt; chmod 600 run.sh')
    expect(readFileSync(join(workspace.root, 'src/a.ts'), 'utf8')).toContain('const a')
    expect(existsSync(join(workspace.root, 'new.txt'))).toBe(false)
  })

  test('is restored byte for byte in another process', async () => {
    const first = await bash(
      'printf "\\xff\\x00\\x01" > bin.dat; sed -i s/two/zwei/ src/deep/b.ts; rm docs/guide.md; mv run.sh tool.sh; mkdir -p empty/inner; rmdir docs',
    )
    const second = await bash('true', first.changes ?? [])
    expect(second.changes).toEqual(first.changes)
    expect(changeSetDigest(second.changes ?? [])).toBe(changeSetDigest(first.changes ?? []))
    const third = await bash(
      'ls -d docs; ls -d empty/inner; cat src/deep/b.ts',
      first.changes ?? [],
    )
    expect(third.output).toContain('empty/inner')
    expect(third.output).toContain('zwei')
    expect(third.output).toContain('cannot access')
  })

  test('is restored when a folder became a file and a file a folder', async () => {
    const first = await bash(
      'rm -r src docs/guide.md; echo x > src; mkdir docs/guide.md; echo y > docs/guide.md/z',
    )
    const second = await bash('cat src docs/guide.md/z', first.changes ?? [])
    expect(second.output).toBe('x\ny\n')
    expect(second.changes).toEqual(first.changes)
    expect(() => verifyChanges(first.changes ?? [], workspace.manifest)).not.toThrow()
  })

  test('lists create, modify, delete and folders, sorted, with modes and both digests', async () => {
    const { changes } = await bash('rm -r docs; mv run.sh tool.sh; echo x >> src/a.ts; mkdir new')
    expect(paths(changes)).toEqual([
      'delete docs',
      'delete docs/guide.md',
      'create new',
      'delete run.sh',
      'modify src/a.ts',
      'create tool.sh',
    ])
    expect(changes?.find((change) => change.path === 'tool.sh')?.mode).toBe(0o100755)
    expect(() => verifyChanges(changes ?? [], workspace.manifest)).not.toThrow()
  })

  test('writing the same bytes again, or undoing a change, is no change', async () => {
    const first = await bash('cp src/a.ts /tmp/keep; echo x >> src/a.ts; cp /tmp/keep src/a.ts')
    expect(first.changes).toEqual([])
  })

  test('an executable file that is edited stays executable', async () => {
    const { changes } = await done('Write', { file_path: 'run.sh', content: 'echo bye\n' })
    expect(changes?.[0]).toMatchObject({ path: 'run.sh', change: 'modify', mode: 0o100755 })
  })

  test('a damaged overlay is not restored', async () => {
    const { changes } = await bash('echo x > new.txt')
    const damaged = (changes ?? []).map((change) => ({ ...change, content: 'eQ==' }))
    const answer = await workspace.call('Bash', { command: 'cat new.txt' }, { changes: damaged })
    expect(answer.kind).toBe('failed')
  })
})

describe('no way leads out of the workspace', () => {
  test.each([
    'echo x > /etc/passwd',
    'echo x > ../outside',
    'cp src/a.ts .git/hooks/pre-commit',
    'mkdir -p .git/hooks && mv src/a.ts .git/hooks/pre-commit',
    'echo x | tee .GIT/config',
    'echo x > sub/.git/config',
    'echo x > .env',
    'cp src/a.ts .env',
    'mv src/a.ts .env',
    'ln src/a.ts .env',
    'touch .env',
    'sed -n "w .git/config" src/a.ts',
    'tar cf .git/x.tar src',
    'gzip -c src/a.ts > .git/a.gz',
    'split -l 1 src/a.ts .git/part',
    'mkdir .git/hooks',
    'rm -rf /workspace',
  ])('%s', async (command) => {
    const answer = await workspace.call('Bash', { command })
    const changes = answer.kind === 'done' ? (answer.changes ?? []) : []
    expect(paths(changes).filter((line) => /\.git|\.env|outside|passwd/i.test(line))).toEqual([])
    expect(() => verifyChanges(changes, workspace.manifest)).not.toThrow()
    expect(changes.filter((change) => change.change === 'create')).toEqual([])
  })

  test.each([
    'cat /etc/passwd',
    'cat ../../../etc/passwd',
    'cat /proc/self/environ',
    'cat .env',
    'cat .git/config',
    'ls /work /home/*',
  ])('nothing outside is read: %s', async (command) => {
    const { output } = await bash(`${command} 2>/dev/null; true`)
    expect(output).toBe('')
  })

  test('the environment of the server is not there', async () => {
    process.env.CHANCERY_TEST_SECRET = 'visible-secret'
    const { output } = await bash('env; printenv; set')
    delete process.env.CHANCERY_TEST_SECRET
    expect(output).not.toContain('visible-secret')
  })

  test('links are not made', async () => {
    const { changes } = await bash('ln -s /etc/passwd here; ln -s src there; true')
    expect(changes).toEqual([])
  })

  test('paths in tool arguments that lead out are refused', async () => {
    for (const path of ['../x', '/etc/passwd', '/workspace/../etc/passwd']) {
      const answer = await workspace.call('Read', { file_path: path })
      expect(answer).toMatchObject({ kind: 'failed' })
    }
  })

  test('names that a reader could not see as they are, are refused', async () => {
    const answer = await workspace.call('Write', { file_path: 'a\u202etxt.exe', content: 'x' })
    expect(answer).toMatchObject({ kind: 'failed' })
  })
})

describe('what never ends is ended', () => {
  test.each([
    ['a fork bomb', ':(){ :|:& };:'],
    ['an endless awk', `awk 'BEGIN { while (1) x++ }'`],
    ['an endless loop', 'while :; do :; done'],
    ['a string that doubles', 'x=a; while :; do x=$x$x; done'],
    [
      '50 MB of output',
      'x=$(printf "%01000d" 1); for i in $(seq 1 9000); do echo $x$x$x$x$x$x; done',
    ],
    ['brace expansion', 'echo {1..1000}{1..1000}{1..1000}'],
  ])('%s is contained and reported', async (_name, command) => {
    const started = performance.now()
    const answer = await workspace.call('Bash', { command })
    expect(performance.now() - started).toBeLessThan(11_000)
    const failed = answer.kind === 'failed' || (answer.kind === 'done' && answer.isError)
    expect(failed).toBe(true)
    if (answer.kind !== 'gated') expect(answer.output.length).toBeLessThanOrEqual(31_000)
  })

  test('a sleeping script is killed at the deadline', async () => {
    const answer = await workspace.call('Bash', { command: 'sleep 60' }, { deadlineMs: 700 })
    expect(answer).toEqual({
      kind: 'failed',
      output: 'Bash was stopped after 0.7 seconds. Nothing of it was kept.',
    })
  })

  test('a call of a run that was stopped ends at once', async () => {
    const stop = new AbortController()
    const started = performance.now()
    setTimeout(() => stop.abort(), 300)
    const answer = await workspace.call('Bash', { command: 'sleep 60' }, { signal: stop.signal })
    expect(answer).toEqual({ kind: 'failed', output: 'Bash was stopped.' })
    expect(performance.now() - started).toBeLessThan(3_000)
  })

  test('a pattern that backtracks for ever is killed, and the server stays responsive', async () => {
    let ticks = 0
    const timer = setInterval(() => {
      ticks += 1
    }, 20)
    const changes = (await bash('printf "%040d!" 0 > zeros.txt')).changes ?? []
    const answer = await workspace.call(
      'Grep',
      { pattern: '^(0+)+$' },
      { changes, deadlineMs: 1_500 },
    )
    clearInterval(timer)
    expect(answer).toMatchObject({ kind: 'failed' })
    expect(ticks).toBeGreaterThan(30)
  })

  test('a heap bomb dies alone', async () => {
    const command = 'a=(); for i in $(seq 1 9000); do a+=("$(printf "%0100000d" $i)"); done'
    const answer = await workspace.call('Bash', { command })
    expect(answer.kind === 'failed' || (answer.kind === 'done' && answer.isError)).toBe(true)
  })
})
