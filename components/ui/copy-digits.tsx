'use client'

import { useEffect, useState } from 'react'

/**
 * One listener for every `data-copy` on the page: copies the text, then says so politely. Lives in
 * the root layout.
 */
export function CopyDigits() {
  const [said, setSaid] = useState('')
  useEffect(() => {
    const onClick = async (event: MouseEvent) => {
      const source = event.target instanceof Element ? event.target.closest('[data-copy]') : null
      const text = source?.getAttribute('data-copy')
      if (!text) return
      event.preventDefault()
      try {
        await navigator.clipboard.writeText(text)
        setSaid(`Copied ${text.length} characters, ${text.slice(0, 8)}.`)
      } catch {
        setSaid('The browser did not allow copying.')
      }
    }
    document.addEventListener('click', onClick)
    return () => document.removeEventListener('click', onClick)
  }, [])
  useEffect(() => {
    if (said === '') return
    const timer = setTimeout(() => setSaid(''), 2_500)
    return () => clearTimeout(timer)
  }, [said])
  return (
    <p
      role="status"
      className={
        said === ''
          ? 'sr-only'
          : 'fixed bottom-4 left-1/2 z-50 -translate-x-1/2 animate-open rounded-float bg-raise px-3 py-1.5 text-meta text-ink shadow-float'
      }
    >
      {said}
    </p>
  )
}
