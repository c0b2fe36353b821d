'use client'

import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { dismissToast, toastPending, toastRecorded } from '@/components/ui/toasts'
import { useAction } from '@/components/ui/use-action'
import type { Verdict } from '@/lib/approvals/model'
import { needsReason } from '@/lib/approvals/rules'
import { decide } from '@/lib/inbox/actions'
import type { DecideFacts } from './decide-facts'
import { keepReason, keptReason } from './kept-reason'

/** Said on the document when a decision was recorded here; lists around it read themselves again. */
export const RECORDED = 'chancery:recorded'

export type Decision = {
  verdict: Verdict | null
  choose: (verdict: Verdict | null) => void
  reason: string
  setReason: (text: string) => void
  typed: string
  setTyped: (text: string) => void
  /** What is still missing before the chosen verdict can be recorded, in words. */
  missing: string[]
  pending: boolean
  /** What the server answered when it refused; null otherwise. */
  failure: string | null
  /** Recorded just now, in this surface. */
  recorded: { verdict: Verdict; effect: string; fact: string | undefined } | null
  record: () => void
}

/**
 * One person's decision about one item, from the chosen verb to the receipt. Never optimistic: the
 * surface says "Recording your decision" until the server has answered. What was typed is kept on
 * the device until it is recorded, also when the connection is gone or somebody else was faster.
 */
export function useDecision(facts: DecideFacts, seen: boolean): Decision {
  const router = useRouter()
  const action = useAction(decide)
  const [verdict, setVerdict] = useState<Verdict | null>(null)
  const [reason, setText] = useState('')
  const [typed, setTyped] = useState('')
  const [recorded, setRecorded] = useState<Decision['recorded']>(null)
  useEffect(() => setText(keptReason(facts.approvalId)), [facts.approvalId])

  const setReason = (text: string) => {
    setText(text)
    keepReason(facts.approvalId, text)
  }
  const missing = verdict === null ? [] : whatIsMissing(facts, { verdict, reason, typed, seen })
  const record = async () => {
    if (verdict === null || missing.length > 0 || action.pending || facts.why !== null) return
    const toast = toastPending('Recording your decision')
    const result = await action.send({
      approvalId: facts.approvalId,
      verdict,
      digest: facts.digest,
      renderedDigest: facts.renderedDigest,
      reason: reason.trim(),
      ...(facts.typedName !== null && verdict === 'approve' ? { typedName: typed } : {}),
    })
    dismissToast(toast)
    if (!result.ok) {
      // Somebody was faster, or the bytes moved on: read the item again, keep what was typed.
      if (result.error.code === 'conflict') router.refresh()
      return
    }
    keepReason(facts.approvalId, '')
    document.dispatchEvent(new Event(RECORDED))
    setRecorded({ verdict, effect: result.value.effect, fact: result.fact })
    toastRecorded({
      title: 'Recorded.',
      remark: result.value.effect,
      digest: facts.digest,
      ...(result.fact ? { receipt: `/log?fact=${result.fact}` } : {}),
    })
  }
  return {
    verdict,
    choose: setVerdict,
    reason,
    setReason,
    typed,
    setTyped,
    missing,
    pending: action.pending,
    failure: action.failure?.message ?? null,
    recorded,
    record: () => void record(),
  }
}

function whatIsMissing(
  facts: DecideFacts,
  said: { verdict: Verdict; reason: string; typed: string; seen: boolean },
): string[] {
  const missing: string[] = []
  if (needsReason(said.verdict) && said.reason.trim() === '') missing.push('Give a reason')
  if (said.verdict !== 'approve') return missing
  if (facts.whyNotApprove !== null) missing.push(facts.whyNotApprove)
  const careful = facts.riskTier === 'high' || facts.riskTier === 'critical'
  if (careful && !said.seen) missing.push('Read to the end of what you sign')
  if (facts.typedName !== null && said.typed !== facts.typedName) {
    missing.push(`Type ${facts.typedName}`)
  }
  return missing
}
