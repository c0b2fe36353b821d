'use client'

import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { useAction } from '@/components/ui/use-action'
import { saveConstitutionData } from '@/lib/constitution/actions'

export type DraftRef = { id: string; revision: number }

/**
 * One part of the draft's data while somebody edits it. What the server holds replaces what is shown
 * only when nothing was typed; a conflict keeps what was typed and says so.
 */
export function useDraftPart<Value>(draft: DraftRef, stored: Value) {
  const [base, setBase] = useState({ revision: draft.revision, text: JSON.stringify(stored) })
  const [value, setValue] = useState(stored)
  const { send, pending, failure, clear } = useAction(saveConstitutionData)
  const dirty = JSON.stringify(value) !== base.text
  if (draft.revision > base.revision && !dirty) {
    setBase({ revision: draft.revision, text: JSON.stringify(stored) })
    setValue(stored)
  }
  const save = async (data: Record<string, unknown>) => {
    const sent = JSON.stringify(value)
    const result = await send({ draftId: draft.id, revision: base.revision, data })
    if (!result.ok) return
    setBase({ revision: result.value.revision, text: sent })
    announce('Saved in the draft.')
  }
  const undo = () => {
    clear()
    setBase({ revision: draft.revision, text: JSON.stringify(stored) })
    setValue(stored)
  }
  return { value, setValue, dirty, save, undo, pending, failure }
}
