'use client'

import { type ReactNode, useEffect, useRef, useState } from 'react'

/** How far beyond the pane rows are kept: a key press or a flick must not meet an empty table. */
const MARGIN = '900px 0px'

/**
 * A stretch of rows that is in the document only while it is near what is seen. Away from it, one
 * empty row of the same height holds its place, so nothing moves. The stretch that holds the focus
 * stays. Without script it is simply its rows.
 */
export function Chunk(props: { columns: number; children: ReactNode }) {
  const body = useRef<HTMLTableSectionElement>(null)
  const [height, setHeight] = useState<number | null>(null)
  useEffect(() => {
    const found = body.current
    if (!found) return
    const observer = new IntersectionObserver(
      (entries) => {
        const entry = entries.at(-1)
        if (!entry) return
        if (entry.isIntersecting) setHeight(null)
        else if (!found.contains(document.activeElement)) {
          setHeight((known) => known ?? entry.boundingClientRect.height)
        }
      },
      { root: found.closest('section'), rootMargin: MARGIN },
    )
    observer.observe(found)
    return () => observer.disconnect()
  }, [])
  return (
    <tbody ref={body}>
      {height === null ? (
        props.children
      ) : (
        <tr>
          <td colSpan={props.columns} style={{ height }} />
        </tr>
      )}
    </tbody>
  )
}
