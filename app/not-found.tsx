import type { Metadata } from 'next'
import { FailurePage } from '@/components/shell/failure-page'
import { ButtonLink } from '@/components/ui/button'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main className="flex min-h-dvh flex-col">
      <FailurePage
        title="There is nothing at this address"
        actions={
          <>
            <ButtonLink href="/">Go to the overview</ButtonLink>
            <ButtonLink href="/inbox" tone="quiet">
              Open the inbox
            </ButtonLink>
          </>
        }
      >
        It does not exist, or it belongs to a department that you may not see. Nothing is ever
        deleted from the log: what was here can be found there by its name.
      </FailurePage>
    </main>
  )
}
