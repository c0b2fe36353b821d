'use client'

import { useEffect, useRef } from 'react'

/** So long the item has to be on screen before it counts as opened. */
const LOOKED_MS = 1_500

/**
 * Tells the server that this person had the item on screen, once for each rendering. It decides
 * nothing; when it is lost, the item counts as not opened. A reader that is laid out beside a phone's
 * list but not shown does not count.
 */
export function MarkOpened(props: { approvalId: string; renderedDigest: string }) {
  const { approvalId, renderedDigest } = props
  const here = useRef<HTMLSpanElement>(null)
  useEffect(() => {
    const timer = setTimeout(() => {
      const shown = (here.current?.parentElement?.getClientRects().length ?? 0) > 0
      if (!shown || document.visibilityState !== 'visible') return
      void fetch('/api/console/inbox/view', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ approvalId, renderedDigest }),
      }).catch(() => undefined)
    }, LOOKED_MS)
    return () => clearTimeout(timer)
  }, [approvalId, renderedDigest])
  return <span ref={here} hidden />
}
