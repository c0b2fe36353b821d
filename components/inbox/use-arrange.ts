'use client'

import { announce } from '@/components/ui/announce'
import { useAction } from '@/components/ui/use-action'
import type { Result } from '@/lib/core/result'
import { RECORDED } from './use-decision'

/** One thing done with an item before it is decided: sent, said aloud, and the list read again. */
export function useArrange<Value>(
  action: (input: unknown, key?: unknown) => Promise<Result<Value>>,
) {
  const { send, pending, failure } = useAction(action)
  const arrange = async (input: unknown, words: string): Promise<boolean> => {
    const result = await send(input)
    if (!result.ok) return false
    announce(words)
    document.dispatchEvent(new Event(RECORDED))
    return true
  }
  return { arrange, pending, problem: failure?.message ?? null }
}
