import type { LanguageModelV3, LanguageModelV3StreamPart } from '@ai-sdk/provider'
import type { ModelMessage } from 'ai'
import { describe, expect, test } from 'vitest'
import type { ToolName } from '../tools/register'
import { callModel, type ModelOutcome, retryAfter } from './client'
import { rehearsalModel } from './rehearsal'
import { apiError, called, failing, finish, said, scripted } from './testing/scripted'

const ALL: ToolName[] = ['Read', 'Glob', 'Grep', 'Write', 'Edit', 'Bash']
const ask = (model: LanguageModelV3, messages: ModelMessage[], tools: readonly ToolName[] = ALL) =>
  callModel({
    model,
    system: 'You are careful.',
    messages,
    tools,
    signal: new AbortController().signal,
  })

type Script = { tool: string; input: Record<string, unknown> }

/** Plays a whole rehearsal; every call answers with what `reply` says. */
async function rehearse(
  task: string,
  tools: readonly ToolName[],
  reply: (tool: string) => string = () => 'ok',
): Promise<{ script: Script[]; last: string }> {
  const messages: ModelMessage[] = [{ role: 'user', content: task }]
  const script: Script[] = []
  for (let step = 0; step < 20; step++) {
    const outcome = await ask(rehearsalModel(), messages, tools)
    if (outcome.kind !== 'answer') throw new Error(outcome.kind)
    const [only] = outcome.calls
    messages.push(outcome.message)
    if (only === undefined) return { script, last: JSON.stringify(outcome.message.content) }
    script.push({ tool: only.tool, input: only.input as Record<string, unknown> })
    const value = reply(only.tool)
    const { callId: toolCallId, tool: toolName } = only
    messages.push({
      role: 'tool',
      content: [{ type: 'tool-result', toolCallId, toolName, output: { type: 'text', value } }],
    })
  }
  throw new Error('The rehearsal did not end.')
}

const READ = '     1\t# Guide\n     2\tHow to post entries.'
const world = (tool: string) =>
  tool === 'Glob' ? 'README.md\nsrc/a.ts' : tool === 'Read' ? READ : 'ok'

describe('the rehearsal', () => {
  test('walks the granted tools in a fixed order and ends by saying that it was no model', async () => {
    const { script, last } = await rehearse('Make posting idempotent', ALL, world)
    expect(script.map(({ tool }) => tool)).toEqual([
      'Glob',
      'Read',
      'Grep',
      'Edit',
      'Write',
      'Bash',
      'Bash',
    ])
    expect(last).toContain('[rehearsal] No language model was used')
  })

  test('does the same every time', async () => {
    const twice = [
      await rehearse('Fix src/a.ts', ALL, world),
      await rehearse('Fix src/a.ts', ALL, world),
    ]
    expect(twice[0]).toEqual(twice[1])
  })

  test('never calls a tool that was not granted', async () => {
    const { script } = await rehearse('Anything', ['Read'], world)
    expect(script).toEqual([{ tool: 'Read', input: { file_path: 'README.md' } }])
  })

  test('works on the file that the task names, and writes the one that is missing', async () => {
    const { script } = await rehearse('Explain src/a.ts in docs/new.md', ALL, world)
    expect(script[1]?.input.file_path).toBe('src/a.ts')
    expect(script[3]?.input.file_path).toBe('src/a.ts')
    expect(script[4]?.input.file_path).toBe('docs/new.md')
  })

  test('runs what stands in backticks instead of its own commands', async () => {
    const { script } = await rehearse('Look, then `git push origin main` and `ls src/a.ts`', [
      'Bash',
    ])
    expect(script.map(({ input }) => input.command)).toEqual([
      'git push origin main',
      'ls src/a.ts',
    ])
  })

  test('a name inside a command is no file, and without a listing the first name is written', async () => {
    const { script } = await rehearse('Write a/b.txt, then `cat x/y.txt`', ['Write', 'Bash'])
    expect(script[0]?.input.file_path).toBe('a/b.txt')
    expect(script[1]?.input.command).toBe('cat x/y.txt')
  })

  test('asks for git by itself unless told otherwise, and changes nothing when only reading', async () => {
    const usual = await rehearse('Tidy up', ['Bash'])
    expect(usual.script[1]?.input.command).toContain('git commit')
    expect((await rehearse('Tidy up without git', ['Bash'])).script).toHaveLength(1)
    const reading = await rehearse('Only read the guide', ALL, world)
    expect(reading.script.map(({ tool }) => tool)).toEqual(['Glob', 'Read', 'Grep', 'Bash'])
  })

  test('uses no tokens and is named as what it is', async () => {
    const outcome = await ask(rehearsalModel(), [{ role: 'user', content: 'x' }])
    expect(outcome).toMatchObject({
      kind: 'answer',
      usage: { provider: 'rehearsal', inputTokens: 0, outputTokens: 0 },
    })
  })
})

const TEXT = said('half an ans').slice(0, 2)
const toolCall = called('c1', 'Read', { file_path: 'a' })
const HELLO: ModelMessage[] = [{ role: 'user', content: 'hello' }]

describe('one call to a model', () => {
  test.each<[string, LanguageModelV3, Partial<ModelOutcome>]>([
    [
      'a stream that is cut is discarded and tried again',
      scripted(TEXT, new Error('socket hang up')),
      { kind: 'retry' },
    ],
    ['a stream that just ends is tried again', scripted(TEXT, 'close'), { kind: 'retry' }],
    [
      'an error event decides, although the stream says that it finished',
      scripted([...TEXT, { type: 'error', error: apiError(529) }, finish('stop')], 'close'),
      { kind: 'retry' },
    ],
    ['an overloaded provider is tried again', failing(apiError(529)), { kind: 'retry' }],
    [
      'the wait that a provider asks for is honoured, also when it is long',
      failing(apiError(429, { 'retry-after': '300' })),
      { kind: 'retry', afterMs: 300_000 },
    ],
    [
      'a wrong key is not tried again',
      failing(apiError(401)),
      { kind: 'failed', code: 'provider_401' },
    ],
    [
      'a tool call in an answer that reached its limit is not executed',
      scripted([toolCall, finish('length')], 'close'),
      { kind: 'failed', code: 'model_length' },
    ],
    [
      'a tool call in an answer that says it stopped is not executed',
      scripted([toolCall, finish('stop')], 'close'),
      { kind: 'failed' },
    ],
    [
      'a refusal is told as one',
      scripted([...TEXT, finish('content-filter')], 'close'),
      { kind: 'failed' },
    ],
  ])('%s', async (_name, model, expected) => {
    expect(await ask(model, HELLO)).toMatchObject(expected)
  })

  test('a call without anybody to execute it comes back with its arguments', async () => {
    const outcome = await ask(scripted([toolCall, finish('tool-calls')], 'close'), HELLO)
    expect(outcome).toMatchObject({
      kind: 'answer',
      calls: [{ callId: 'c1', tool: 'Read', input: { file_path: 'a' } }],
      usage: { inputTokens: 5, outputTokens: 2 },
    })
  })

  test('a call to a tool that was not offered comes back too, for the gate to deny', async () => {
    const unknown = { ...toolCall, toolName: 'Teleport' } as LanguageModelV3StreamPart
    const outcome = await ask(scripted([unknown, finish('tool-calls')], 'close'), HELLO, ['Read'])
    expect(outcome).toMatchObject({ kind: 'answer', calls: [{ tool: 'Teleport' }] })
  })

  test('cut at any point, an answer is discarded whole: never half a call, never half a text', async () => {
    const whole = [...said('I will read it.'), toolCall, finish('tool-calls')]
    for (let cut = 0; cut < whole.length; cut++) {
      for (const end of ['close', new Error('socket hang up')] as const) {
        expect((await ask(scripted(whole.slice(0, cut), end), HELLO)).kind).toBe('retry')
      }
    }
    expect((await ask(scripted(whole), HELLO)).kind).toBe('answer')
  })

  test('a run that is stopped cancels the call', async () => {
    const stop = new AbortController()
    const model = scripted(TEXT, 'hang')
    const running = callModel({
      model,
      system: '',
      messages: HELLO,
      tools: [],
      signal: stop.signal,
    })
    setTimeout(() => stop.abort(), 20)
    expect(await running).toEqual({ kind: 'cancelled' })
  })
})

describe('Retry-After', () => {
  const now = Date.parse('2026-11-22T10:00:00Z')
  test.each([
    [{ 'retry-after': '2' }, 2_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 10:01:00 GMT' }, 60_000],
    [{ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' }, 0],
    [{ 'retry-after-ms': '250', 'retry-after': '9' }, 250],
    [{ 'retry-after': 'soon' }, null],
    [{}, null],
  ])('%j is %s ms', (headers, expected) => {
    expect(retryAfter(headers as Record<string, string>, now)).toBe(expected)
  })
})
