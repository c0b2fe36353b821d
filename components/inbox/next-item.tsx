'use client'

import { createContext, useContext } from 'react'
import { Button } from '@/components/ui/button'

/** Goes on in the list beside the reader; null where there is no list, or nothing after this. */
export const NextItemContext = createContext<(() => void) | null>(null)

/** After a decision, and when somebody else was faster: what comes next, without looking for it. */
export function NextItem() {
  const next = useContext(NextItemContext)
  if (next === null) return null
  return (
    <Button size="small" onClick={next}>
      Next item
    </Button>
  )
}
