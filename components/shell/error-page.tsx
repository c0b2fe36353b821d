'use client'

import { useEffect } from 'react'
import { Button, ButtonLink } from '@/components/ui/button'
import { FailurePage } from './failure-page'

/**
 * What Next shows when a page threw. The sentence of the error stays on the server; its digest is
 * the code under which the server's log has it.
 */
export function ErrorPage(props: { error: Error & { digest?: string }; retry: () => void }) {
  const { error } = props
  useEffect(() => console.error(error), [error])
  return (
    <FailurePage
      title="This page could not be read"
      actions={
        <>
          <Button onClick={props.retry}>Try again</Button>
          <ButtonLink href="/" tone="quiet">
            Go to the overview
          </ButtonLink>
        </>
      }
    >
      What you decided before is safe; nothing was sent by this page.
      {error.digest ? ` Code ${error.digest}` : null}
    </FailurePage>
  )
}
