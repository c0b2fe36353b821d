import 'server-only'
import type { LanguageModelV3 } from '@ai-sdk/provider'
import {
  APICallError,
  type AssistantModelMessage,
  type ModelMessage,
  streamText,
  type ToolSet,
  tool,
} from 'ai'
import type { UsageFacts } from '../model'
import { registration, type ToolName } from '../tools/register'

/** Tokens that one answer may have. Without it a provider's own, very large, default would hold. */
const MAX_OUTPUT_TOKENS = 16_000
/** A model that sends nothing for this long has lost us. */
const SILENCE_MS = 120_000

export type ModelCall = {
  model: LanguageModelV3
  system: string
  messages: readonly ModelMessage[]
  /** What the pinned definition grants and the runner has. */
  tools: readonly ToolName[]
  signal: AbortSignal
  /** Text as it comes, for a lossy live view; never stored. */
  onText?: (text: string) => void
}

export type ProposedCall = { callId: string; tool: string; input: unknown }

/**
 * `answer`: one whole step. `retry`: nothing was answered, try later (`afterMs` when the provider
 * said so). `failed`: trying again would not help; `code` is for the log, `reason` for people.
 */
export type ModelOutcome =
  | { kind: 'answer'; message: AssistantModelMessage; calls: ProposedCall[]; usage: UsageFacts }
  | { kind: 'retry'; afterMs: number | null; reason: string }
  | { kind: 'failed'; code: string; reason: string }
  | { kind: 'cancelled' }

/**
 * Asks a model once. Tools are described to it but never executed here, and nothing is repeated:
 * the engine owns the loop, the gate, execution and retries. A stream that breaks off is discarded
 * whole. Never throws for what a provider does.
 */
export async function callModel(call: ModelCall): Promise<ModelOutcome> {
  // The SDK prints warnings to the console of whoever hosts it.
  ;(globalThis as { AI_SDK_LOG_WARNINGS?: boolean }).AI_SDK_LOG_WARNINGS = false
  const silence = new AbortController()
  try {
    return await readStream(call, silence)
  } catch (error) {
    if (call.signal.aborted) return { kind: 'cancelled' }
    if (silence.signal.aborted) return silent()
    return outcomeOf(error)
  }
}

async function readStream(call: ModelCall, silence: AbortController): Promise<ModelOutcome> {
  const signal = AbortSignal.any([call.signal, silence.signal])
  const result = streamText({
    model: call.model,
    system: call.system,
    messages: [...call.messages],
    tools: toolSet(call.tools),
    maxRetries: 0,
    maxOutputTokens: MAX_OUTPUT_TOKENS,
    abortSignal: signal,
    // The default prints; the error arrives in the stream as well.
    onError: () => undefined,
  })
  let failure: unknown
  let ended: { finishReason: string; raw: string | undefined } | null = null
  for await (const part of untilAborted(result.fullStream, signal, silence)) {
    if (part.type === 'error') failure ??= part.error ?? new Error('unknown')
    if (part.type === 'text-delta') call.onText?.(part.text)
    if (part.type === 'finish-step') {
      ended = { finishReason: part.finishReason, raw: part.rawFinishReason }
    }
  }
  if (call.signal.aborted) return { kind: 'cancelled' }
  if (silence.signal.aborted) return silent()
  // After an error event the stream still says that it finished: the error decides.
  if (failure !== undefined) return outcomeOf(failure)
  // A stream that ends without a word of why was cut; the SDK reports that as `other`.
  if (ended === null || (ended.finishReason === 'other' && ended.raw === undefined)) {
    return { kind: 'retry', afterMs: null, reason: 'The answer broke off.' }
  }
  return finished(call, result, ended)
}

/**
 * The parts of a stream until it ends, the signal is raised, or nothing comes for `SILENCE_MS`. Does
 * not rely on the provider to notice the signal: a connection that hangs must not hang the run.
 */
async function* untilAborted<Part>(
  stream: AsyncIterable<Part>,
  signal: AbortSignal,
  silence: AbortController,
): AsyncGenerator<Part> {
  const parts = stream[Symbol.asyncIterator]()
  const stopped = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null)
    signal.addEventListener('abort', () => resolve(null), { once: true })
  })
  for (;;) {
    const timer = setTimeout(() => silence.abort(), SILENCE_MS)
    const next = await Promise.race([parts.next(), stopped]).finally(() => clearTimeout(timer))
    if (next === null || next.done === true) return
    yield next.value
  }
}

type Result = Awaited<ReturnType<typeof streamText<ToolSet>>>

async function finished(
  call: ModelCall,
  result: Result,
  ended: { finishReason: string; raw: string | undefined },
): Promise<ModelOutcome> {
  const [response, toolCalls, usage] = await Promise.all([
    result.response,
    result.toolCalls,
    result.usage,
  ])
  const message = response.messages.find((entry) => entry.role === 'assistant')
  const wantsTools = ended.finishReason === 'tool-calls'
  if (!wantsTools && (ended.finishReason !== 'stop' || toolCalls.length > 0)) {
    return unusable(ended.finishReason, ended.raw)
  }
  return {
    kind: 'answer',
    message: message ?? { role: 'assistant', content: [{ type: 'text', text: '' }] },
    calls: toolCalls.map((entry) => ({
      callId: entry.toolCallId,
      tool: entry.toolName,
      input: entry.input,
    })),
    usage: {
      provider: call.model.provider,
      model: response.modelId,
      inputTokens: usage.inputTokens ?? null,
      outputTokens: usage.outputTokens ?? null,
      cachedInputTokens: usage.inputTokenDetails.cacheReadTokens ?? null,
    },
  }
}

/** Tools without `execute`: the stream ends after one answer, and the engine decides. */
function toolSet(names: readonly ToolName[]): ToolSet {
  return Object.fromEntries(
    names.map((name) => {
      const { description, args } = registration(name)
      return [name, tool({ description, inputSchema: args })]
    }),
  )
}

function unusable(finishReason: string, raw: string | undefined): ModelOutcome {
  const why = raw === undefined ? finishReason : `${finishReason} (${raw})`
  const reasons: Record<string, string> = {
    length: 'The answer reached the limit of output tokens.',
    'content-filter': 'The provider refused to answer.',
  }
  const reason = reasons[finishReason] ?? `The answer ended as ${why}, which is no way to go on.`
  return { kind: 'failed', code: `model_${finishReason.replaceAll('-', '_')}`, reason }
}

function silent(): ModelOutcome {
  return { kind: 'retry', afterMs: null, reason: 'The model sent nothing for two minutes.' }
}

function outcomeOf(error: unknown): ModelOutcome {
  const cause = apiError(error)
  if (cause === null) {
    return { kind: 'retry', afterMs: null, reason: 'The connection to the model was lost.' }
  }
  const status = cause.statusCode ?? 0
  // A stream that was cut has status 200 and is retryable; 4xx but 408, 409 and 429 is our fault.
  if (cause.isRetryable || status === 529) {
    const reason = `The model provider answered ${status === 0 ? 'nothing' : status}.`
    return { kind: 'retry', afterMs: retryAfter(cause.responseHeaders ?? {}), reason }
  }
  const said = (cause.responseBody ?? '').slice(0, 300).replace(/\s+/g, ' ')
  const reason = `The model provider refused the request (${status}). ${said}`.trim()
  return { kind: 'failed', code: `provider_${status}`, reason }
}

function apiError(error: unknown): APICallError | null {
  for (let at = error, depth = 0; depth < 5; depth++) {
    if (APICallError.isInstance(at)) return at
    if (!(at instanceof Error)) return null
    at = at.cause
  }
  return null
}

/** RFC 9110 section 10.2.3: seconds or a date. The SDK ignores more than 60 s; we do not. */
export function retryAfter(
  headers: Readonly<Record<string, string>>,
  now = Date.now(),
): number | null {
  const milliseconds = Number(headers['retry-after-ms'])
  if (Number.isFinite(milliseconds) && milliseconds > 0) return milliseconds
  const text = headers['retry-after']
  if (text === undefined || text.trim() === '') return null
  const seconds = Number(text)
  if (Number.isFinite(seconds)) return seconds < 0 ? null : seconds * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? null : Math.max(0, date - now)
}
