import { describe, expect, test } from 'vitest'
import { sha256 } from '@/lib/core/sha256'
import { type HeldCall, heldCallDigest } from './judge'

const HELD: HeldCall = {
  runId: '0190a000-0000-7000-8000-000000000001',
  callId: '0190a000-0000-7000-8000-000000000002',
  definitionDigest: sha256('definition'),
  tool: 'Bash',
  argsDigest: sha256('args'),
  overlayDigest: sha256('overlay'),
  gated: [{ argv: ['git', 'push'], cwd: '.', stdin: null }],
  rule: 'git-approval',
  ruleVersion: 1,
}

describe('the digest of a held call', () => {
  test('is the same for the same call', () => {
    expect(heldCallDigest({ ...HELD })).toBe(heldCallDigest(HELD))
  })

  test.each<[string, Partial<HeldCall>]>([
    ['run', { runId: '0190a000-0000-7000-8000-000000000009' }],
    ['call (a replay)', { callId: '0190a000-0000-7000-8000-000000000009' }],
    ['definition', { definitionDigest: sha256('other') }],
    ['tool', { tool: 'Write' }],
    ['arguments', { argsDigest: sha256('other') }],
    ['overlay', { overlayDigest: sha256('other') }],
    ['rule', { rule: 'outbound-approval' }],
    ['rule’s version', { ruleVersion: 2 }],
    ['arguments of a command', { gated: [{ argv: ['git', 'push', '-f'], cwd: '.', stdin: null }] }],
    ['folder of a command', { gated: [{ argv: ['git', 'push'], cwd: 'a', stdin: null }] }],
    ['input of a command', { gated: [{ argv: ['git', 'push'], cwd: '.', stdin: 'x' }] }],
    ['number of commands', { gated: [] }],
  ])('is another for another %s, so the approval does not hold for it', (_what, more) => {
    expect(heldCallDigest({ ...HELD, ...more })).not.toBe(heldCallDigest(HELD))
  })
})
