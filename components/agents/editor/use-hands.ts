'use client'

import { useEffect, useMemo } from 'react'
import type { Finding } from '@/lib/constitution/model'
import { removeTool } from '@/lib/definition/edit'
import { findingKey } from '../finding-key'
import { marksOf } from './marks-of'
import type { TextState } from './use-text'

/** A text with the fix of a finding applied; null when the finding was read from another text. */
function fixed(now: string | undefined, read: string, finding: Finding): string | null {
  if (!finding.fix || now === undefined || now !== read) return null
  const { start, end, text } = finding.fix.edit
  return now.slice(0, start) + text + now.slice(end)
}

/**
 * Draws what is found on the text and lends it hands: a fix or a tool taken away is an edit like
 * any other. `fix` names one finding whose fix is applied once, on opening.
 */
export function useHands(
  text: TextState,
  options: { readOnly: boolean; approvers: readonly string[]; fix: string | null },
): void {
  const { code, analysis, apply, replace } = text
  const { readOnly, approvers } = options
  const hands = useMemo(() => {
    if (readOnly) return { fix: null, removeTool: null, approvers }
    return {
      approvers,
      removeTool: (name: string) => void apply((content) => removeTool(content, name)),
      fix: (finding: Finding) => {
        const next = fixed(code.current?.text(), analysis.content.text, finding)
        if (next !== null) replace(next)
      },
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
}
