// The whole test suite: checks, pure tests, tests on a real PostgreSQL, journeys in a real browser on
// the production build. Ends with one line: N passed, M failed.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

const ROOT = join(import.meta.dirname, '..')
const CACHE = join(ROOT, '.cache')
const counts = { passed: 0, failed: 0 }

function run(title, command, args, env = {}) {
  console.log(`\n── ${title}`)
  const started = Date.now()
  const done = spawnSync(command, args, {
    cwd: ROOT,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
    shell: process.platform === 'win32',
  })
  console.log(`── ${title}: ${((Date.now() - started) / 1000).toFixed(1)} s`)
  return done.status === 0
}

function check(title, command, args, env) {
  const ok = run(title, command, args, env)
  counts[ok ? 'passed' : 'failed'] += 1
  return ok
}

function report(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
}

function vitest(project) {
  const output = join(CACHE, `vitest-${project}.json`)
  rmSync(output, { force: true })
  const ok = run(`Tests: ${project}`, 'npx', [
    ...['vitest', 'run', '--project', project],
    ...['--reporter=dot', '--reporter=json', `--outputFile.json=${output}`],
  ])
  const result = report(output)
  counts.passed += result?.numPassedTests ?? 0
  const failed = result?.numFailedTests ?? 0
  // A suite that could not even be loaded has no failed test in it.
  counts.failed += ok ? failed : Math.max(1, failed)
}

function playwright() {
  const output = join(CACHE, 'e2e.json')
  rmSync(output, { force: true })
  const ok = run('Journeys in a browser', 'npx', ['playwright', 'test'])
  const stats = report(output)?.stats
  counts.passed += stats?.expected ?? 0
  const failed = (stats?.unexpected ?? 0) + (stats?.flaky ?? 0)
  counts.failed += ok ? failed : Math.max(1, failed)
}

mkdirSync(CACHE, { recursive: true })
check('Format and lint', 'npx', ['biome', 'check', '--error-on-warnings', '.'])
check('Types', 'npx', ['next', 'typegen']) && check('Types', 'npx', ['tsc', '--noEmit', '-p', '.'])
check('Direction of imports', 'npm', ['run', '-s', 'deps'])
check('Nothing unused', 'npm', ['run', '-s', 'unused'])
vitest('unit')
vitest('db')
if (check('Production build', 'node', ['lib/cli/chancery.mjs', 'build'])) {
  if (check('Browser', 'node', ['e2e/ensure-browser.mjs'])) playwright()
}
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1)
