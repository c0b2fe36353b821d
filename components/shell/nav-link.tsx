'use client'

import clsx from 'clsx'
import Link from 'next/link'
import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'

/**
 * A link of the navigation that knows whether the reader is there. The overview is only current on
 * its own page; every other place also on the pages below it.
 */
export function NavLink(props: {
  href: string
  className: string
  current: string
  title?: string
  children: ReactNode
}) {
  const pathname = usePathname()
  const here = props.href === '/' ? pathname === '/' : `${pathname}/`.startsWith(`${props.href}/`)
  return (
    <Link
      href={props.href}
      title={props.title}
      aria-current={here ? 'page' : undefined}
      className={clsx('group/nav', props.className, here && props.current)}
    >
      {props.children}
    </Link>
  )
}
