import { ButtonLink } from '@/components/ui/button'
import { FailurePage } from './failure-page'

/** No such address, or one that the reader may not see: the two read the same on purpose. */
export function NothingHere() {
  return (
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
      It does not exist, or it belongs to a department that you may not see. Nothing is ever deleted
      from the log: what was here can be found there by its name.
    </FailurePage>
  )
}
