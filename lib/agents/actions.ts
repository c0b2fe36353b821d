'use server'

import { act } from '@/lib/command/act'
import { importFile as importFileCommand } from './commands/import-file'
import {
  discardDraft as discardDraftCommand,
  openDraft as openDraftCommand,
} from './commands/open-draft'
import {
  openProposal as openProposalCommand,
  withdrawProposal as withdrawProposalCommand,
} from './commands/open-proposal'
import { saveDraft as saveDraftCommand } from './commands/save-draft'

export const importFile = act(importFileCommand)
export const openDraft = act(openDraftCommand)
export const discardDraft = act(discardDraftCommand)
export const saveDraft = act(saveDraftCommand)
export const openProposal = act(openProposalCommand)
export const withdrawProposal = act(withdrawProposalCommand)
