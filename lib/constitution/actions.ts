'use server'

import { act } from '@/lib/command/act'
import {
  discardConstitutionDraft as discard,
  importConstitution as importDocument,
  openConstitutionDraft as open,
  saveConstitutionData as saveData,
  saveConstitutionDraft as saveDocument,
} from './commands/draft'

export const openConstitutionDraft = act(open)
export const saveConstitutionDraft = act(saveDocument)
export const saveConstitutionData = act(saveData)
export const importConstitution = act(importDocument)
export const discardConstitutionDraft = act(discard)
