import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { performOperation } from './operations'

let folder: string
let root: string
const BY = { agent: 'ledger-keeper', run: 7 }
const git = (...args: string[]) =>
  execFileSync('git', ['-c', 'user.name=T', '-c', 'user.email=t@example.org', ...args], {
    cwd: root,
    encoding: 'utf8',
  }).trim()
const perform = (argv: string[], more: { cwd?: string; stdin?: string } = {}) =>
  performOperation(root, { argv, cwd: more.cwd ?? '.', stdin: more.stdin ?? null }, BY)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chancery-operation-'))
  root = join(folder, 'workspace')
  mkdirSync(join(root, 'src'), { recursive: true })
  git('init', '-q', '-b', 'main')
  git('commit', '-q', '--allow-empty', '-m', 'First')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

describe('an approved command', () => {
  test('is started as an argument list: a shell never sees it', async () => {
    const message = '$(touch owned); `touch owned` && touch owned'
    const done = await perform(['git', 'commit', '--allow-empty', '-m', message])
    expect(done).toMatchObject({ kind: 'exited', exitCode: 0 })
    expect(git('log', '-1', '--format=%s')).toBe(message)
    expect(existsSync(join(root, 'owned'))).toBe(false)
  })

  test('commits as the agent and its run', async () => {
    await perform(['git', 'commit', '--allow-empty', '-m', 'x'])
    expect(git('log', '-1', '--format=%an <%ae>')).toBe(
      'ledger-keeper (Chancery run 7) <run-7@chancery.invalid>',
    )
  })

  test('gets the input that was approved', async () => {
    await perform(['git', 'commit', '--allow-empty', '-F', '-'], { stdin: 'From input\n' })
    expect(git('log', '-1', '--format=%s')).toBe('From input')
  })

  test('does not run the repository’s hooks', async () => {
    const hook = join(root, '.git/hooks/pre-commit')
    mkdirSync(join(root, '.git/hooks'), { recursive: true })
    writeFileSync(hook, '#!/bin/sh\ntouch hooked\n')
    chmodSync(hook, 0o755)
    await perform(['git', 'commit', '--allow-empty', '-m', 'x'])
    expect(existsSync(join(root, 'hooked'))).toBe(false)
  })

  test('does not take a folder that an agent could write for a repository', async () => {
    const bare = join(root, 'src')
    execFileSync('git', ['init', '-q', '--bare', bare])
    execFileSync('git', ['-C', bare, 'config', 'core.fsmonitor', 'touch owned'])
    const done = await perform(['git', 'status'], { cwd: 'src' })
    expect(existsSync(join(root, 'owned')) || existsSync(join(bare, 'owned'))).toBe(false)
    expect(done.kind).toBe('exited')
  })

  test('does not write into a repository above the workspace', async () => {
    rmSync(join(root, '.git'), { recursive: true })
    execFileSync('git', ['init', '-q'], { cwd: folder })
    const done = await perform(['git', 'add', '-A'])
    expect(done).toMatchObject({ kind: 'exited', exitCode: 128 })
  })

  test('sees nothing of the server’s environment but PATH and HOME', async () => {
    process.env.CHANCERY_TEST_SECRET = 'visible-secret'
    process.env.GIT_DIR = '/nowhere'
    const done = await perform(['git', 'var', '-l'])
    delete process.env.CHANCERY_TEST_SECRET
    delete process.env.GIT_DIR
    expect(done).toMatchObject({ kind: 'exited', exitCode: 0 })
    expect(JSON.stringify(done)).not.toContain('visible-secret')
  })

  test('that fails comes back with its exit code and what it said', async () => {
    const done = await perform(['git', 'push', 'nowhere', 'main'])
    expect(done).toMatchObject({ kind: 'exited', output: expect.stringContaining('nowhere') })
    expect(done.kind === 'exited' && done.exitCode !== 0).toBe(true)
  })

  test.each([
    ['a program that is not installed', ['kubectl-that-is-not-here', 'x'], '.'],
    ['git that starts a hidden program', ['git', '-c', 'core.pager=sh', 'log'], '.'],
    ['a folder that is gone', ['git', 'status'], 'gone'],
    ['a folder that is a link', ['git', 'status'], 'link'],
  ])('is not started for %s, and that is known', async (_what, argv, cwd) => {
    symlinkSync(tmpdir(), join(root, 'link'))
    expect((await perform(argv, { cwd })).kind).toBe('refused')
  })
})
