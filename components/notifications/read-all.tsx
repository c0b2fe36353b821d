'use client'

import { Button } from '@/components/ui/button'
import { useAction } from '@/components/ui/use-action'
import { readNotices } from '@/lib/notifications/actions'

/** Marks every notice of the reader as read. */
export function ReadAll() {
  const action = useAction(readNotices)
  return (
    <Button pending={action.pending} onClick={() => void action.send({ notices: [] })}>
      Mark all as read
    </Button>
  )
}
