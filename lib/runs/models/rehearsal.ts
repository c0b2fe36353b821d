import type {
  LanguageModelV3,
  LanguageModelV3CallOptions,
  LanguageModelV3Content,
  LanguageModelV3FinishReason,
  LanguageModelV3Prompt,
  LanguageModelV3StreamPart,
  LanguageModelV3Usage,
} from '@ai-sdk/provider'
import { plannedCall, type RehearsedResult } from './rehearsal-plan'

export const REHEARSAL_PROVIDER = 'rehearsal'
export const REHEARSAL_MODEL = 'rehearsal-1'

const NO_USAGE: LanguageModelV3Usage = {
  inputTokens: { total: 0, noCache: 0, cacheRead: 0, cacheWrite: 0 },
  outputTokens: { total: 0, text: 0, reasoning: 0 },
}

/**
 * Stands in for a language model where there is none: first run, demonstrations, tests. Walks the
 * agent's granted tools in a fixed order on the task (`rehearsal-plan.ts`), one call per step.
 * Deterministic and without state: the step is the number of results in the conversation, so a run
 * goes on where it was after any crash. Uses no tokens, and its last text says that it was no model.
 */
export function rehearsalModel(): LanguageModelV3 {
  return {
    specificationVersion: 'v3',
    provider: REHEARSAL_PROVIDER,
    modelId: REHEARSAL_MODEL,
    supportedUrls: {},
    doGenerate: async (options) => ({ ...answerTo(options), usage: NO_USAGE, warnings: [] }),
    doStream: async (options) => ({ stream: streamOf(answerTo(options)) }),
  }
}

type Answer = { content: LanguageModelV3Content[]; finishReason: LanguageModelV3FinishReason }

function answerTo(options: LanguageModelV3CallOptions): Answer {
  const task = taskOf(options.prompt)
  const results = resultsOf(options.prompt)
  const tools = (options.tools ?? []).map((entry) => entry.name)
  const call = plannedCall({ task, tools, results })
  if (call === null) {
    const text = closing(results)
    return {
      content: [{ type: 'text', text }],
      finishReason: { unified: 'stop', raw: 'rehearsal' },
    }
  }
  return {
    content: [
      { type: 'text', text: `[rehearsal] ${call.because}` },
      {
        type: 'tool-call',
        toolCallId: `rehearsal-${results.length + 1}`,
        toolName: call.tool,
        input: JSON.stringify(call.args),
      },
    ],
    finishReason: { unified: 'tool-calls', raw: 'rehearsal' },
  }
}

function closing(results: readonly RehearsedResult[]): string {
  const refused = results.filter((result) => result.isError)
  const list = refused.map((result) => `- ${result.tool}: ${firstLine(result.output)}`)
  return [
    '[rehearsal] No language model was used. Every granted tool was tried once, in a fixed order.',
    `${results.length} calls, ${refused.length} without success.`,
    ...list,
  ].join('\n')
}

const firstLine = (text: string) => (text.split('\n')[0] ?? '').slice(0, 200)

/** The text of the first user message. */
function taskOf(prompt: LanguageModelV3Prompt): string {
  for (const message of prompt) {
    if (message.role !== 'user') continue
    return message.content.map((part) => (part.type === 'text' ? part.text : '')).join('\n')
  }
  return ''
}

function resultsOf(prompt: LanguageModelV3Prompt): RehearsedResult[] {
  return prompt.flatMap((message) => {
    if (message.role !== 'tool') return []
    return message.content.flatMap((part) => {
      if (part.type !== 'tool-result') return []
      const { output } = part
      const text = 'value' in output && typeof output.value === 'string' ? output.value : ''
      return [{ tool: part.toolName, output: text, isError: output.type === 'error-text' }]
    })
  })
}

function streamOf(answer: Answer): ReadableStream<LanguageModelV3StreamPart> {
  const parts: LanguageModelV3StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'response-metadata', modelId: REHEARSAL_MODEL },
  ]
  for (const [index, content] of answer.content.entries()) {
    const id = String(index)
    if (content.type === 'text') {
      parts.push({ type: 'text-start', id })
      parts.push({ type: 'text-delta', id, delta: content.text })
      parts.push({ type: 'text-end', id })
    } else if (content.type === 'tool-call') parts.push(content)
  }
  parts.push({ type: 'finish', usage: NO_USAGE, finishReason: answer.finishReason })
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(part)
      controller.close()
    },
  })
}
