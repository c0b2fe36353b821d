import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3StreamPart,
} from '@ai-sdk/provider'
import { APICallError } from 'ai'
import { rehearsalModel } from '../rehearsal'

const USAGE = {
  inputTokens: { total: 5, noCache: 5, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 2, text: 2, reasoning: 0 },
}
type Finish = 'stop' | 'length' | 'tool-calls' | 'content-filter'

/** For tests: the parts of a stream as a provider's client yields them. */
export const finish = (unified: Finish): LanguageModelV3StreamPart => ({
  type: 'finish',
  usage: USAGE,
  finishReason: { unified, raw: undefined },
})
export const said = (delta: string): LanguageModelV3StreamPart[] => [
  { type: 'text-start', id: '0' },
  { type: 'text-delta', id: '0', delta },
  { type: 'text-end', id: '0' },
]
export const called = (
  toolCallId: string,
  toolName: string,
  input: unknown,
): LanguageModelV3StreamPart => ({
  type: 'tool-call',
  toolCallId,
  toolName,
  input: JSON.stringify(input),
})

/** A model that streams these parts and then ends, fails or hangs, as a provider does. */
export function scripted(
  parts: readonly LanguageModelV3StreamPart[],
  end: 'close' | 'hang' | Error = 'close',
): LanguageModelV3 {
  return {
    ...rehearsalModel(),
    doStream: async () => ({
      stream: new ReadableStream({
        start(controller) {
          for (const part of parts) controller.enqueue(part)
          if (end === 'close') controller.close()
          else if (end !== 'hang') controller.error(end)
        },
      }),
    }),
  }
}

/** A model whose every call fails before it answers. */
export function failing(error: Error): LanguageModelV3 {
  return {
    ...rehearsalModel(),
    doStream: async () => {
      throw error
    },
  }
}

/** A model that answers by what it is sent, and remembers that. */
export function answering(
  answer: (prompt: LanguageModelV3CallOptions['prompt']) => LanguageModelV3StreamPart[],
): { model: LanguageModelV3; prompts: LanguageModelV3CallOptions['prompt'][] } {
  const prompts: LanguageModelV3CallOptions['prompt'][] = []
  const model: LanguageModelV3 = {
    ...rehearsalModel(),
    doStream: async (options) => {
      prompts.push(options.prompt)
      return scripted(answer(options.prompt)).doStream(options)
    },
  }
  return { model, prompts }
}

/** What the client library throws for an HTTP answer. */
export function apiError(status: number, headers: Record<string, string> = {}): APICallError {
  return new APICallError({
    message: 'x',
    url: 'http://localhost',
    requestBodyValues: {},
    statusCode: status,
    responseHeaders: headers,
    responseBody: '{"error":"no"}',
  })
}
