'use server'

import { act } from '@/lib/command/act'
import { completeReview as completeReviewCommand } from './commands'

export const completeReview = act(completeReviewCommand)
