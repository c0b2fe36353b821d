import { strToU8, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import type { ImportedFile } from '@/lib/agents/commands/import-file'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import {
  addItems,
  batchesOf,
  type ChosenFile,
  countItems,
  type IntakeItem,
  pastedItem,
  readChosen,
} from './intake'

function chosen(path: string, content: Uint8Array | string): ChosenFile {
  const bytes = typeof content === 'string' ? strToU8(content) : content
  return {
    name: path.split('/').at(-1) ?? path,
    webkitRelativePath: path.includes('/') ? path : '',
    size: bytes.length,
    arrayBuffer: async () => bytes.slice().buffer as ArrayBuffer,
  }
}

const states = (items: readonly IntakeItem[]) =>
  Object.fromEntries(items.map((item) => [item.path, item.state]))

describe('files chosen for import', () => {
  test('every chosen file is named: taken, skipped with a reason, or refused with one', async () => {
    const items = await readChosen([
      chosen('team/b.md', 'b'),
      chosen('team/a.md', 'a'),
      chosen('team/LICENSE', 'x'),
      chosen('team/logo.png', 'x'),
      chosen('team/huge.md', new Uint8Array(MAX_DEFINITION_BYTES + 1)),
      chosen('team/.git/HEAD.md', 'x'),
    ])
    expect(states(items)).toEqual({
      'team/LICENSE': 'skipped',
      'team/a.md': 'ready',
      'team/b.md': 'ready',
      'team/huge.md': 'refused',
      'team/logo.png': 'skipped',
    })
    expect(items.map((item) => item.path)).toEqual([...items.map((item) => item.path)].sort())
    for (const item of items) {
      if ('reason' in item) expect(item.reason).toMatch(/\.$/)
    }
  })

  test('the archive of a folder names its files as the folder does', async () => {
    const files = { 'team/a.md': strToU8('a'), 'team/data/b.md': strToU8('b') }
    const zipped = await readChosen([chosen('download.zip', zipSync(files))])
    const plain = await readChosen([chosen('team/a.md', 'a'), chosen('team/data/b.md', 'b')])
    expect(zipped).toEqual(plain)
  })

  test('loose files of an archive get its name in front, and a broken one says so', async () => {
    const zip = zipSync({ 'a.md': strToU8('a'), '../b.md': strToU8('b') })
    expect(states(await readChosen([chosen('pack.zip', zip)]))).toEqual({
      'pack/a.md': 'ready',
      'pack/../b.md': 'refused',
    })
    const [broken] = await readChosen([chosen('x.zip', 'not a zip')])
    expect(broken).toMatchObject({ state: 'refused', reason: expect.stringMatching(/not a ZIP/) })
  })

  test('pasted text keeps its bytes and gets an ending when it has none', () => {
    const item = pastedItem('reviewer', '\ufeffname: ä\r\n')
    expect(item).toMatchObject({ path: 'reviewer.md', state: 'ready' })
    expect(
      item.state === 'ready' && new TextDecoder('utf-8', { ignoreBOM: true }).decode(item.bytes),
    ).toBe('\ufeffname: ä\r\n')
    expect(pastedItem('agent.toml', 'x').path).toBe('agent.toml')
  })

  test('batches hold everything that waits, once, in order, and stay small', () => {
    const items: IntakeItem[] = Array.from({ length: 60 }, (_, n) => ({
      path: `f${n}`,
      state: n % 7 === 0 ? 'lost' : 'ready',
      bytes: new Uint8Array(n % 10 === 0 ? 900_000 : 1_000),
    }))
    const withOthers = [...items, { path: 'x', state: 'skipped' as const, reason: 'No.' }]
    const batches = batchesOf(withOthers)
    expect(batches.flat()).toEqual(items)
    for (const batch of batches) {
      expect(batch.length).toBeLessThanOrEqual(20)
      const size = batch.reduce((sum, item) => sum + item.bytes.length, 0)
      expect(size).toBeLessThanOrEqual(1_500_000)
    }
  })

  test('choosing a file again replaces it instead of doubling it', () => {
    const first = pastedItem('a.md', 'one')
    const again = pastedItem('a.md', 'two')
    expect(addItems([first], [again])).toEqual([again])
  })

  test('counts tell imported from unchanged and never lose a file', () => {
    const result = (outcome: ImportedFile['outcome'], errors: number): IntakeItem => ({
      path: `${outcome}${errors}`,
      state: 'done',
      result: { path: '', slug: 'a', digest: '', fate: '', warnings: 0, notes: 0, outcome, errors },
    })
    const items: IntakeItem[] = [
      result('imported', 0),
      result('imported_with_findings', 2),
      result('updated', 0),
      result('unchanged', 1),
      { path: 'r', state: 'refused', reason: '' },
      { path: 's', state: 'skipped', reason: '' },
    ]
    expect(countItems(items)).toMatchObject({
      imported: 3,
      unchanged: 1,
      refused: 1,
      skipped: 1,
      withErrors: 2,
    })
  })
})
