'use server'

import { act } from '@/lib/command/act'
import { decide as decideCommand } from './commands/decide'

export const decide = act(decideCommand)
