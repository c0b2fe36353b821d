import { X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'

/**
 * A filter in force: field and operator quiet, value in front; × is a link to the list without it,
 * so that the address is the filter.
 */
export function FilterChip(props: {
  field: string
  operator?: string
  value: ReactNode
  removeHref: string
}) {
  const operator = props.operator ?? 'is'
  return (
    <span className="inline-flex h-6 items-stretch rounded-box border border-line-2 max-sm:h-11">
      <span className="flex items-center gap-1 pr-1.5 pl-2">
        <span className="text-meta text-ink-3">
          {props.field} {operator}
        </span>
        <span className="font-medium">{props.value}</span>
      </span>
      <Link
        href={props.removeHref}
        aria-label={`Remove the filter ${props.field} ${operator}`}
        className="flex w-[22px] items-center justify-center rounded-r-box border-l border-line-2 text-ink-2 hover:bg-hover hover:text-ink max-sm:w-11"
      >
        <X aria-hidden="true" size={11} strokeWidth={1.75} />
      </Link>
    </span>
  )
}
