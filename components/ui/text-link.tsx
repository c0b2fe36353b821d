import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps } from 'react'

/** A link in running text or beside a fact: ink blue, underlined when pointed at. */
export function TextLink(props: ComponentProps<typeof Link>) {
  const { className, ...rest } = props
  return (
    <Link
      {...rest}
      className={clsx('relative z-1 rounded-tag text-acc hover:underline', className)}
    />
  )
}
