'use server'

import { currentActor } from '@/lib/auth/current'
import { act } from '@/lib/command/act'
import { assignAgent as assignAgentCommand } from './commands/assign'
import {
  discardDraft as discardDraftCommand,
  openDraft as openDraftCommand,
} from './commands/open-draft'
import {
  openProposal as openProposalCommand,
  withdrawProposal as withdrawProposalCommand,
} from './commands/open-proposal'
import {
  proposeConstitution as proposeConstitutionCommand,
  withdrawConstitution as withdrawConstitutionCommand,
} from './commands/propose-constitution'
import {
  removeRoutingCase as removeRoutingCaseCommand,
  saveRoutingCases as saveRoutingCasesCommand,
} from './commands/routing-case'
import { saveDraft as saveDraftCommand } from './commands/save-draft'
import { type FoundAgent, findBySlug } from './queries/find'

export const assignAgent = act(assignAgentCommand)
export const openDraft = act(openDraftCommand)
export const discardDraft = act(discardDraftCommand)
export const saveDraft = act(saveDraftCommand)
export const openProposal = act(openProposalCommand)
export const withdrawProposal = act(withdrawProposalCommand)
export const proposeConstitution = act(proposeConstitutionCommand)
export const withdrawConstitution = act(withdrawConstitutionCommand)
export const saveRoutingCases = act(saveRoutingCasesCommand)
export const removeRoutingCase = act(removeRoutingCaseCommand)

/** For the command palette; shows nothing to whoever is signed out. */
export async function findAgents(text: string): Promise<FoundAgent[]> {
  const actor = await currentActor()
  return actor && typeof text === 'string' ? findBySlug(actor, text) : []
}
