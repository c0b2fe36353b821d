'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import { getToasts, noToasts, subscribeToasts } from './toasts'

const Toasts = lazy(() => import('./toast'))

/** Where toasts appear. One per page, in the shell; loads nothing before the first message. */
export function Toaster() {
  const shown = useSyncExternalStore(subscribeToasts, hasSpoken, noSpeech)
  return shown ? (
    <Suspense fallback={null}>
      <Toasts />
    </Suspense>
  ) : null
}

let spoken = false
/** True from the first message on: the list stays mounted, or its leaving could not be seen. */
function hasSpoken(): boolean {
  spoken ||= getToasts().length > 0
  return spoken
}
function noSpeech(): boolean {
  return noToasts().length > 0
}
