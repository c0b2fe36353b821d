'use server'

import { act } from '@/lib/command/act'
import {
  preferMail as preferMailCommand,
  readNotices as readNoticesCommand,
  resendMail as resendMailCommand,
} from './commands'

export const readNotices = act(readNoticesCommand)
export const preferMail = act(preferMailCommand)
export const resendMail = act(resendMailCommand)
