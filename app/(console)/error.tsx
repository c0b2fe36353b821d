'use client'

import { ErrorPage } from '@/components/shell/error-page'

/** A page failed; the frame around it stays, so that everything else can still be reached. */
export default function ConsoleError(props: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return <ErrorPage error={props.error} retry={props.reset} />
}
