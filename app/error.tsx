'use client'

import { ErrorPage } from '@/components/shell/error-page'

export default function ErrorBoundary(props: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <main className="flex min-h-dvh flex-col">
      <ErrorPage error={props.error} retry={props.reset} />
    </main>
  )
}
