import { describe, expect, it } from 'vitest'
import { sha256 } from '@/lib/core/sha256'
import { DIRECTORY_MODE, FILE_MODE } from '@/lib/runs/model'
import { spokenText } from '@/lib/runs/spoken'
import { filesOf, type StoredFile, whyUnreadable } from './files'
import { readKind, readView, urgency } from './order'

const MINUTE = 60_000

describe('risk × time left', () => {
  it('puts a high call with minutes left before a critical one with days', () => {
    expect(urgency(2, 12 * MINUTE)).toBeGreaterThan(urgency(3, 5 * 24 * 60 * MINUTE))
  })

  it('lets nothing low overtake the same time at a higher risk', () => {
    for (const left of [5 * MINUTE, 5 * 60 * MINUTE, 100 * 60 * MINUTE, null]) {
      expect(urgency(1, left)).toBeGreaterThan(urgency(0, left))
    }
  })

  it('changes at an hour, a day and a week, not before', () => {
    const hour = 60 * MINUTE
    const at = (left: number) => urgency(0, left)
    expect([at(hour - 1), at(hour), at(24 * hour), at(7 * 24 * hour)]).toEqual([4, 3, 2, 1])
  })
})

describe('an address', () => {
  it('that names no view or kind means the first view and every kind', () => {
    expect([readView('mine'), readView(null), readView('done')]).toEqual(['needs', 'needs', 'done'])
    expect([readKind('mine'), readKind('tool_call')]).toEqual([null, 'tool_call'])
  })
})

describe('what a model said', () => {
  it('is its text without calls, results and reasoning', () => {
    const body = JSON.stringify({
      role: 'assistant',
      content: [
        { type: 'reasoning', text: 'secret thoughts' },
        { type: 'text', text: 'Tests pass.' },
        { type: 'tool-call', toolCallId: '1', toolName: 'Bash', input: { text: 'git push' } },
        { type: 'text', text: 'Pushing now.' },
      ],
    })
    expect(spokenText(body)).toBe('Tests pass.\n\nPushing now.')
  })

  it('is nothing when it only made calls', () => {
    expect(spokenText(JSON.stringify({ role: 'assistant', content: [] }))).toBeNull()
  })

  it('is the whole body when that is no JSON', () => {
    expect(spokenText('plain words')).toBe('plain words')
  })
})

describe('the files of a change-set', () => {
  const blobs = new Map<string, Uint8Array>()
  const keep = (text: string | Uint8Array) => {
    const bytes = Buffer.from(text as string)
    blobs.set(sha256(bytes), bytes)
    return sha256(bytes)
  }
  const file = (path: string, more: Partial<StoredFile> = {}): StoredFile => ({
    path,
    change: 'modify',
    mode: FILE_MODE,
    baseDigest: null,
    newDigest: null,
    added: 1,
    removed: 1,
    ...more,
  })

  it('show the whole difference and the characters that nobody sees', () => {
    const baseDigest = keep('one\ntwo\n')
    const newDigest = keep('one\ntw\u200bo\n')
    const [shown] = filesOf([file('a.txt', { baseDigest, newDigest })], blobs, null)
    expect(shown).toMatchObject({ note: null, hidden: 1, diff: { added: 1, removed: 1 } })
  })

  it.each([
    ['bytes that are no text', new Uint8Array([0x50, 0xff, 0xfe])],
    ['a null byte', new Uint8Array([0x61, 0x00])],
  ])('say that %s cannot be shown', (_, bytes) => {
    const digest = keep(bytes as Uint8Array)
    const [shown] = filesOf([file('b.bin', { newDigest: digest })], blobs, null)
    expect(shown).toMatchObject({ diff: null, note: 'This is not text.' })
  })

  it('say so when the bytes are no longer kept', () => {
    const [shown] = filesOf([file('c.txt', { newDigest: sha256('gone') })], blobs, null)
    expect(shown?.diff).toBeNull()
    expect(shown?.note).not.toBeNull()
  })

  it('need no text for a folder', () => {
    const [shown] = filesOf([file('d', { mode: DIRECTORY_MODE })], blobs, null)
    expect(shown).toMatchObject({ diff: null, note: null })
  })

  it('are refused as a whole when there are more than a person can read', () => {
    expect(whyUnreadable([file('a', { added: 20_001 })])).toMatch(/smaller steps/)
    expect(whyUnreadable(Array.from({ length: 301 }, (_, n) => file(`f${n}`)))).not.toBeNull()
    expect(whyUnreadable([file('a')])).toBeNull()
  })
})
