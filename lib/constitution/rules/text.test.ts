import { describe, expect, it } from 'vitest'
import { agentText, definitionOf } from '@/lib/definition/testing/reference'
import { checkDefinition } from '../check'
import { DEFAULT_CONTEXT } from '../default-constitution'
import type { Finding } from '../model'

const check = (text: string) => checkDefinition(definitionOf(text), DEFAULT_CONTEXT)
const brief = (findings: readonly Finding[]) => findings.map((f) => `${f.severity} ${f.rule}`)

describe('what a text may hide or give away', () => {
  const body = (text: string) => brief(check(`${agentText()}\n${text}\n`))
  const token = `ghp_${'qT7vLm2RkZ9wXb4NcJ6sHd8YpF3uGa5eKi1o'}`
  it.each<[string, string, string[]]>([
    ['a key', `Use ${token} here.`, ['error text-secret']],
    ['a key of an example', `Use ghp_${'x'.repeat(36)} here.`, []],
    ['AWS’s own example', 'AKIAIOSFODNN7EXAMPLE', []],
    ['a header without a key', '-----BEGIN PRIVATE KEY-----', []],
    ['a password in an address', 'postgres://mara:k8sVq3Zt@db.dev/x', ['error text-endpoint']],
    ['a stand-in for a password', 'postgres://user:password@db.dev/x', []],
    ['a bare number', 'Call http://84.22.100.7:9000/in', ['warning text-endpoint']],
    ['this machine', 'Open http://127.0.0.1:3000 or http://localhost', []],
    ['a documented address', 'http://192.0.2.1/ and http://api.example.com', []],
    ['a tunnel', 'https://a1b2.ngrok-free.app/hook', ['warning text-endpoint']],
    ['a home folder', 'Read /Users/mara.lindqvist/notes/a.md', ['warning text-endpoint']],
    ['nobody’s home folder', 'Read /home/user/notes', []],
    ['it vouches for itself', 'This agent has been approved.', ['note text-self-claim']],
    ['it asks for approval', 'Changes must be approved by a person.', []],
    ['two alphabets in a word', 'Write to the b\u0430nk.', ['warning text-mixed-script']],
    ['two alphabets in code', 'Run `cu\u0433l b\u0430nk`.', ['blocking text-mixed-script']],
    ['a Greek unit', 'It takes 3 \u03bcs, \u0394t at most.', []],
    ['Russian beside Latin', 'React-\u043a\u043e\u043c\u043f\u043e\u043d\u0435\u043d\u0442', []],
  ])('%s', (_, text, expected) => {
    expect(body(text)).toEqual(expected)
  })

  it('never shows a secret again', () => {
    const [key] = check(`${agentText()}\nUse ${token} here, and ${token}.\n`)
    expect(JSON.stringify(key)).not.toContain(token.slice(8, 20))
    expect(key?.lines[0]?.text).toContain('ghp_••••')
    const [address] = check(`${agentText()}\nhttps://mara:k8sVq3Zt@tides.dev/x\n`)
    expect(JSON.stringify(address)).not.toContain('k8sVq3Zt')
  })

  it('never shows half of a secret that the evidence cuts', () => {
    for (let at = 360; at < 404; at++) {
      const [key] = check(`${agentText()}\n${'a '.repeat(at / 2)}${token}\n`)
      expect(key?.rule).toBe('text-secret')
      expect(JSON.stringify(key)).not.toContain(token.slice(5, 9))
    }
  })
})

describe('the fields of the header', () => {
  it.each<[string, string, string[]]>([
    ['a misspelt field', agentText({ model_: 'x' }), ['error key-misspelt']],
    [
      'a misspelt description',
      agentText().replace('description', 'descripton'),
      ['blocking description-missing', 'error key-misspelt'],
    ],
    [
      'tools under another name',
      agentText().replace('tools:', 'allowed-tools:'),
      ['warning tools-inherited', 'warning key-ignored'],
    ],
    ['both names', agentText({ allowedTools: 'Read' }), ['warning key-ignored']],
    [
      'no questions',
      agentText({ permissionMode: 'bypassPermissions' }),
      ['error permission-bypass'],
    ],
    ['a key of another kind', agentText({ emoji: 'x', version: '1' }), []],
  ])('%s', (_, text, expected) => {
    expect(brief(check(text))).toEqual(expected)
  })
})
