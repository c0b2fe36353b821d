import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { childCommand } from './child-runner'

let root: string
beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'chancery-child-')))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** Runs JavaScript in a process started exactly as the child is: what an escape would have. */
function asEscaped(code: string): string {
  writeFileSync(join(root, 'probe.mjs'), code)
  const [program, args] = childCommand(root, join(root, 'probe.mjs'))
  const ran = spawnSync(program, args, {
    env: {} as NodeJS.ProcessEnv,
    cwd: root,
    encoding: 'utf8',
    timeout: 20_000,
  })
  return `${ran.stdout}${ran.stderr}${ran.signal ?? ''}`
}

describe('a process that escaped the interpreter', () => {
  test('still runs, so that the refusals below mean something', () => {
    expect(asEscaped('console.log("alive", Object.keys(process.env).length)')).toContain('alive')
  })

  test('cannot read a file outside the snapshot and the product', () => {
    expect(
      asEscaped(`import fs from 'node:fs'; console.log(fs.readFileSync('/etc/hostname','utf8'))`),
    ).toContain('ERR_ACCESS_DENIED')
  })

  test('cannot write a file, not even in the snapshot', () => {
    const out = asEscaped(
      `import fs from 'node:fs'; fs.writeFileSync(${JSON.stringify(join(root, 'new.txt'))}, 'x')`,
    )
    expect(out).toContain('ERR_ACCESS_DENIED')
    expect(existsSync(join(root, 'new.txt'))).toBe(false)
  })

  test('cannot start a program or a thread', () => {
    expect(
      asEscaped(`import c from 'node:child_process'; console.log(c.execSync('id'))`),
    ).toContain('ERR_ACCESS_DENIED')
    expect(
      asEscaped(`import { Worker } from 'node:worker_threads'; new Worker('1', { eval: true })`),
    ).toContain('ERR_ACCESS_DENIED')
  })

  test('sees nothing of the environment', () => {
    process.env.CHANCERY_TEST_SECRET = 'visible-secret'
    const out = asEscaped('console.log(JSON.stringify(process.env))')
    delete process.env.CHANCERY_TEST_SECRET
    expect(out).not.toContain('visible-secret')
  })
})
