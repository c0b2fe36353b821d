'use client'

import './globals.css'
import { ErrorPage } from '@/components/shell/error-page'

/** When the root layout itself failed there is no theme to read: the system's is used. */
export default function GlobalError(props: {
  error: Error & { digest?: string }
  reset: () => void
}) {
  return (
    <html lang="en">
      <body>
        <main className="flex min-h-dvh flex-col">
          <ErrorPage error={props.error} retry={props.reset} />
        </main>
      </body>
    </html>
  )
}
