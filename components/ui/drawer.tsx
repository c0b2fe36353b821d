import { X } from 'lucide-react'
import Link from 'next/link'
import type { ReactNode } from 'react'
import { keyAttributes } from './key-hint'

/**
 * A pane of 424 px at the right of a page that stays usable: part of the layout, not above it, and
 * part of the address (`closeHref` is the page without it; Esc follows that link).
 */
export function Drawer(props: {
  label: string
  lead?: ReactNode
  title: ReactNode
  sentence?: ReactNode
  closeHref: string
  actions?: ReactNode
  foot?: ReactNode
  children: ReactNode
}) {
  return (
    <section aria-label={props.label} className="flex min-h-0 flex-1 flex-col bg-bg">
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-5 max-sm:px-4">
        <div className="flex items-center gap-1">
          <span className="min-w-0 flex-1 text-meta text-ink-3">{props.lead}</span>
          {props.actions}
          <Link
            href={props.closeHref}
            {...keyAttributes('Esc')}
            aria-label="Close"
            title="Close"
            className="inline-flex size-(--control) items-center justify-center rounded-box text-ink-2 hover:bg-hover hover:text-ink"
          >
            <X aria-hidden="true" size={14} strokeWidth={1.75} />
          </Link>
        </div>
        <h2 className="text-title">{props.title}</h2>
        {props.sentence ? <p className="text-ink-2">{props.sentence}</p> : null}
        <div className="mt-3 border-t border-line pt-3">{props.children}</div>
      </div>
      {props.foot ? (
        <div className="flex shrink-0 items-center gap-3 border-t border-line-2 px-5 py-2.5 text-meta text-ink-3 max-sm:px-4">
          {props.foot}
        </div>
      ) : null}
    </section>
  )
}
