'use server'

import { act } from '@/lib/command/act'
import { answerOutcome as answerOutcomeCommand } from './commands/outcome'
import { startRun as startRunCommand } from './commands/start'
import { stopRun as stopRunCommand } from './commands/stop'
import { registerWorkspace as registerWorkspaceCommand } from './commands/workspace'

export const startRun = act(startRunCommand)
export const stopRun = act(stopRunCommand)
export const answerOutcome = act(answerOutcomeCommand)
export const registerWorkspace = act(registerWorkspaceCommand)
