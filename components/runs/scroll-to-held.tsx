'use client'

import { useEffect } from 'react'

/** Brings what somebody must decide into view, once, unless the address names another place. */
export function ScrollToHeld() {
  useEffect(() => {
    if (window.location.hash === '') {
      document.getElementById('held')?.scrollIntoView({ block: 'center' })
    }
  }, [])
  return null
}
