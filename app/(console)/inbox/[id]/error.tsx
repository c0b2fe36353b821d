'use client'

import { Button } from '@/components/ui/button'
import { Empty } from '@/components/ui/empty'

/** One item could not be read; the list beside it stays. */
export default function ItemError(props: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <Empty
      title="This approval could not be read"
      actions={<Button onClick={props.reset}>Try again</Button>}
    >
      Nothing was decided and nothing was sent.
      {props.error.digest ? ` Code ${props.error.digest}.` : null}
    </Empty>
  )
}
