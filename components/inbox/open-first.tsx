'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'

/**
 * Where list and reader stand side by side, the first item is open: gives it its own address, so
 * that what is decided there stays there. A phone stays on the list.
 */
export function OpenFirst(props: { href: string }) {
  const router = useRouter()
  useEffect(() => {
    if (matchMedia('(min-width: 1100px)').matches) router.replace(props.href, { scroll: false })
  }, [router, props.href])
  return null
}
