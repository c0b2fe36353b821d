'use server'

import { currentActor } from '@/lib/auth/current'
import { act } from '@/lib/command/act'
import { applyFix as applyFixCommand } from './commands/apply-fix'
import { assignAgent as assignAgentCommand } from './commands/assign'
import {
  revokeWaiver as revokeWaiverCommand,
  withdrawWaiver as withdrawWaiverCommand,
} from './commands/end-waiver'
import {
  resumeAgent as resumeAgentCommand,
  retireAgent as retireAgentCommand,
  suspendAgent as suspendAgentCommand,
} from './commands/lifecycle'
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
import { requestWaiver as requestWaiverCommand } from './commands/request-waiver'
import { restoreVersion as restoreVersionCommand } from './commands/restore-version'
import {
  removeRoutingCase as removeRoutingCaseCommand,
  saveRoutingCases as saveRoutingCasesCommand,
} from './commands/routing-case'
import { saveDraft as saveDraftCommand } from './commands/save-draft'
import { type FoundAgent, findBySlug } from './queries/find'

export const assignAgent = act(assignAgentCommand)
export const restoreVersion = act(restoreVersionCommand)
export const openDraft = act(openDraftCommand)
export const discardDraft = act(discardDraftCommand)
export const saveDraft = act(saveDraftCommand)
export const openProposal = act(openProposalCommand)
export const withdrawProposal = act(withdrawProposalCommand)
export const proposeConstitution = act(proposeConstitutionCommand)
export const withdrawConstitution = act(withdrawConstitutionCommand)
export const applyFix = act(applyFixCommand)
export const requestWaiver = act(requestWaiverCommand)
export const withdrawWaiver = act(withdrawWaiverCommand)
export const revokeWaiver = act(revokeWaiverCommand)
export const suspendAgent = act(suspendAgentCommand)
export const resumeAgent = act(resumeAgentCommand)
export const retireAgent = act(retireAgentCommand)
export const saveRoutingCases = act(saveRoutingCasesCommand)
export const removeRoutingCase = act(removeRoutingCaseCommand)

/** For the command palette; shows nothing to whoever is signed out. */
export async function findAgents(text: string): Promise<FoundAgent[]> {
  const actor = await currentActor()
  return actor && typeof text === 'string' ? findBySlug(actor, text) : []
}
