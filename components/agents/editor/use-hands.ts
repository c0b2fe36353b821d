'use client'

import { useEffect, useMemo } from 'react'
import type { Finding } from '@/lib/constitution/model'
import { removeTool } from '@/lib/definition/edit'
import type { Splice } from '@/lib/definition/model'
import { applySplice } from '@/lib/definition/splice'
import { findingKey } from '../finding-key'
import { type Hands, marksOf } from './marks-of'
import { settleDraft, type Unconfirmed } from './section-help'
import type { TextState } from './use-text'

/** The text with a splice applied; null when the splice was read from another text. */
function spliced(now: string | undefined, read: string, splice: Splice | undefined): string | null {
  return now === undefined || now !== read || !splice ? null : applySplice(now, splice)
}

/**
 * Draws what is found on the text and lends it hands: a fix or a tool taken away is an edit like
 * any other. `fix` names one finding whose fix is applied once, on opening.
 */
export function useHands(
  text: TextState,
  options: { readOnly: boolean; approvers: readonly string[]; fix: string | null },
): Hands {
  const { code, analysis, apply, replace } = text
  const { readOnly, approvers } = options
  const hands = useMemo(() => {
    if (readOnly) return { fix: null, removeTool: null, settle: null, approvers }
    const put = (splice: Splice | undefined) => {
      const next = spliced(code.current?.text(), analysis.content.text, splice)
      if (next !== null) replace(next)
    }
    return {
      approvers,
      removeTool: (name: string) => void apply((content) => removeTool(content, name)),
      fix: (finding: Finding) => put(finding.fix?.edit),
      settle: (draft: Unconfirmed, how: 'confirm' | 'remove') => put(settleDraft(draft, how)),
    }
  }, [readOnly, approvers, apply, replace, code, analysis])
  useEffect(() => {
    // Marks belong to the text they were read from; while another is typed the old ones move along.
    if (code.current?.text() === analysis.content.text) code.current.show(marksOf(analysis, hands))
  }, [code, analysis, hands])

  const wanted = readOnly ? null : options.fix
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, on the text as it was opened
  useEffect(() => {
    if (wanted === null || !hands.fix) return
    const finding = analysis.findings.find((one) => findingKey(one) === wanted)
    if (finding) hands.fix(finding)
    // The address must not apply it again when the page is loaded once more.
    window.history.replaceState(null, '', window.location.pathname)
  }, [wanted])
  return hands
}
