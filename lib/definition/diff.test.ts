import fc from 'fast-check'
import { expect, test } from 'vitest'
import { diffText } from './diff'

test('a changed word is marked in both lines, with its line numbers', () => {
  const diff = diffText('a\ntools: Read\nb\n', 'a\ntools: Read, Bash\nb\n')
  const changed = diff.hunks.flatMap((hunk) => hunk.lines).filter((line) => line.kind !== 'same')
  expect(changed).toMatchObject([
    { kind: 'removed', text: 'tools: Read', beforeLine: 2, afterLine: null, marks: [] },
    { kind: 'added', text: 'tools: Read, Bash', afterLine: 2, marks: [[11, 17]] },
  ])
  expect(diff).toMatchObject({ added: 1, removed: 1, aligned: true })
})

test('unchanged lines beyond three of context are folded and counted', () => {
  const lines = Array.from({ length: 40 }, (_, index) => `line ${index}`)
  const after = lines.with(20, 'other')
  const diff = diffText(lines.join('\n'), after.join('\n'))
  expect(diff.hunks).toHaveLength(1)
  expect(diff.hunks[0]?.foldBefore).toBe(17)
  expect(diff.foldAfter).toBe(16)
})

test('a line ending that changes is a changed line', () => {
  const diff = diffText('a\r\nb\r\n', 'a\nb\n')
  expect(diff).toMatchObject({ added: 2, removed: 2 })
})

test('texts that have nothing in common are shown as replaced, and it says so', () => {
  const text = (seed: string) => Array.from({ length: 6_000 }, (_, n) => `${seed}${n}`).join('\n')
  const diff = diffText(text('a'), text('b'))
  expect(diff.aligned).toBe(false)
  expect(diff).toMatchObject({ added: 6_000, removed: 6_000 })
})

test('a large text with changes all over is aligned by the lines that stand once in both', () => {
  const lines = Array.from({ length: 20_000 }, (_, n) => `line ${n}`)
  const after = lines.map((line, n) => (n % 3 === 0 ? `${line}!` : line))
  const diff = diffText(lines.join('\n'), after.join('\n'))
  expect(diff).toMatchObject({ aligned: true, added: 6_667, removed: 6_667 })
})

test('a hundred thousand lines without any anchor come back as replaced, and it says so', () => {
  const text = (step: number) =>
    Array.from({ length: 100_000 }, (_, n) => `${(n * step) % 5}`).join('\n')
  expect(diffText(text(2), text(3)).aligned).toBe(false)
})

test('what is kept and added is the new text, what is kept and removed is the old one', () => {
  const text = fc
    .array(fc.constantFrom('a', 'b', 'c', '', 'd'), { maxLength: 30 })
    .map((l) => l.join('\n'))
  fc.assert(
    fc.property(text, text, (before, after) => {
      const diff = diffText(before, after)
      const folded = diff.hunks.reduce((sum, hunk) => sum + hunk.foldBefore, diff.foldAfter)
      const lines = diff.hunks.flatMap((hunk) => hunk.lines)
      const count = (text: string) =>
        text === '' ? 0 : text.split('\n').length - (text.endsWith('\n') ? 1 : 0)
      const kept = lines.filter((line) => line.kind === 'same').length + folded
      expect(kept + diff.removed).toBe(count(before))
      expect(kept + diff.added).toBe(count(after))
    }),
  )
})
