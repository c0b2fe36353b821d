'use client'

import { useEffect, useRef } from 'react'
import { buttonClass } from '@/components/ui/button'

/**
 * The end of what is loaded. Coming near brings the next agents; without script it is a link to the
 * next page. A failure is said here and waits for a click, so that it is not repeated for ever.
 */
export function MoreAgents(props: {
  href: string
  columns: number
  state: 'idle' | 'loading' | 'failed'
  onNear: () => void
}) {
  const { state, onNear } = props
  const body = useRef<HTMLTableSectionElement>(null)
  useEffect(() => {
    const found = body.current
    if (!found || state !== 'idle') return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.at(-1)?.isIntersecting) onNear()
      },
      { root: found.closest('section'), rootMargin: '900px 0px' },
    )
    observer.observe(found)
    return () => observer.disconnect()
  }, [state, onNear])
  return (
    <tbody ref={body}>
      <tr>
        <td colSpan={props.columns} className="h-12 pl-5">
          <a
            href={props.href}
            aria-disabled={state === 'loading' || undefined}
            onClick={(event) => {
              event.preventDefault()
              if (state !== 'loading') onNear()
            }}
            className={buttonClass({ tone: 'secondary' })}
          >
            {state === 'loading' ? 'Loading' : 'Load more'}
          </a>
          {state === 'failed' ? (
            <span role="alert" className="pl-3 text-red">
              The next agents could not be read. What is shown stays. Try again.
            </span>
          ) : null}
        </td>
      </tr>
    </tbody>
  )
}
