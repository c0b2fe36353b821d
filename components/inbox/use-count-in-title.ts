'use client'

import { useEffect } from 'react'

const COUNTED = /^\(\d+\) /

/** Puts the number of open decisions before the page's title, and keeps it there as pages change. */
export function useCountInTitle(count: number): void {
  useEffect(() => {
    const write = () => {
      const plain = document.title.replace(COUNTED, '')
      const wanted = count > 0 ? `(${count}) ${plain}` : plain
      if (document.title !== wanted) document.title = wanted
    }
    write()
    const watcher = new MutationObserver(write)
    watcher.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => {
      watcher.disconnect()
      document.title = document.title.replace(COUNTED, '')
    }
  }, [count])
}
