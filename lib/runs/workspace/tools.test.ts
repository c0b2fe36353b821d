import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { OverlayChange } from '../model'
import { type TestWorkspace, testWorkspace } from '../testing/workspace'

let workspace: TestWorkspace

beforeAll(async () => {
  workspace = await testWorkspace({
    'src/a.ts': 'const a = 1\nconst b = 1\n',
    'src/deep/b.ts': 'one\ntwo\nthree\n',
    'docs/guide.md': '# Guide\n',
  })
})
afterAll(() => workspace.remove())

async function done(tool: string, args: unknown, changes: OverlayChange[] = []) {
  const answer = await workspace.call(tool, args, { changes })
  if (answer.kind !== 'done') throw new Error(JSON.stringify(answer))
  return answer
}
const bash = (command: string, changes: OverlayChange[] = []) => done('Bash', { command }, changes)
const text = (change: OverlayChange | undefined) =>
  Buffer.from(change?.content ?? '', 'base64').toString('utf8')

describe('the file tools', () => {
  test('Read numbers lines and pages', async () => {
    const { output } = await done('Read', { file_path: 'src/deep/b.ts', offset: 2, limit: 1 })
    expect(output).toBe('     2\ttwo\n… 1 more lines')
  })

  test('Edit refuses a text that occurs twice, and names the count', async () => {
    const args = { file_path: 'src/a.ts', old_string: '1', new_string: '2' }
    const answer = await workspace.call('Edit', args)
    expect(answer).toMatchObject({ kind: 'failed', output: expect.stringContaining('2 times') })
    const all = await done('Edit', { ...args, replace_all: true })
    expect(text(all.changes?.[0])).toBe('const a = 2\nconst b = 2\n')
  })

  test('Edit puts the new text in literally, also when it looks like a pattern', async () => {
    const args = { file_path: 'src/a.ts', old_string: 'const a', new_string: "$& $1 $'" }
    const { changes } = await done('Edit', args)
    expect(text(changes?.[0])).toBe("$& $1 $' = 1\nconst b = 1\n")
  })

  test('MultiEdit makes all of its changes or none', async () => {
    const good = { old_string: 'one', new_string: 'eins' }
    const bad = { old_string: 'ten', new_string: 'zehn' }
    const answer = await workspace.call('MultiEdit', {
      file_path: 'src/deep/b.ts',
      edits: [good, bad],
    })
    expect(answer).toMatchObject({ kind: 'failed', output: expect.stringContaining('Edit 2') })
    const fine = await done('MultiEdit', { file_path: 'src/deep/b.ts', edits: [good] })
    expect(text(fine.changes?.[0])).toBe('eins\ntwo\nthree\n')
  })

  test('Glob and Grep see the overlay, not only the snapshot', async () => {
    const changes = (await bash('rm docs/guide.md; echo needle > src/new.ts')).changes ?? []
    const files = await done('Glob', { pattern: '**/*.{ts,md}' }, changes)
    expect(files.output.split('\n')).toEqual(['src/a.ts', 'src/deep/b.ts', 'src/new.ts'])
    const found = await done('Grep', { pattern: 'needle' }, changes)
    expect(found.output).toBe('1 matching line in 1 file\nsrc/new.ts:1:needle')
  })

  test('text outside ASCII survives the shell', async () => {
    const { output, changes } = await bash('echo "Grüße, 世界 🌍" > g.txt; cat g.txt')
    expect(output).toBe('Grüße, 世界 🌍\n')
    expect(text(changes?.[0])).toBe('Grüße, 世界 🌍\n')
  })
})
