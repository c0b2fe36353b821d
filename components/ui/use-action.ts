'use client'

import { useCallback, useRef, useState } from 'react'
import type { Failure, Result, Success } from '@/lib/core/result'

type Send<Value> = (input: unknown, key?: unknown) => Promise<Result<Value>>

export type ActionState<Value> = {
  send: (input: unknown) => Promise<Result<Value>>
  pending: boolean
  failure: Failure['error'] | null
  /** The recorded result of the last send; null before it and after a failure. */
  done: Success<Value> | null
  clear: () => void
}

const LOST: Failure = {
  ok: false,
  error: {
    code: 'internal',
    message: 'The server did not answer. What you typed is kept. Sending again cannot do it twice.',
  },
}

/**
 * One intent of a person, sent to a server action: pending until the server has answered, never
 * optimistic. The idempotency key stays the same while the same input is sent again, so a double
 * click or a lost answer has one effect.
 */
export function useAction<Value>(action: Send<Value>): ActionState<Value> {
  const [state, setState] = useState<Omit<ActionState<Value>, 'send' | 'clear'>>({
    pending: false,
    failure: null,
    done: null,
  })
  const intent = useRef({ input: '', key: '' })
  const send = useCallback(
    async (input: unknown) => {
      const text = JSON.stringify(input) ?? ''
      if (intent.current.input !== text) intent.current = { input: text, key: crypto.randomUUID() }
      setState({ pending: true, failure: null, done: null })
      const result = await action(input, intent.current.key).catch(() => LOST)
      // A refusal is final for this key; the next try is a new intent. A lost answer is not.
      if (result.ok || result !== LOST) intent.current = { input: '', key: '' }
      setState({
        pending: false,
        failure: result.ok ? null : result.error,
        done: result.ok ? result : null,
      })
      return result
    },
    [action],
  )
  const clear = useCallback(() => setState({ pending: false, failure: null, done: null }), [])
  return { ...state, send, clear }
}
