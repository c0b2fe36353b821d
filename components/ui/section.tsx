import clsx from 'clsx'
import type { ReactNode } from 'react'

/**
 * A part of a page: a heading of 13/600, a quiet remark beside it, at the right a link or a fact,
 * and the hairline that carries what follows. `level` is the heading's rank in the document.
 */
export function SectionHead(props: {
  title: ReactNode
  remark?: ReactNode
  aside?: ReactNode
  level?: 2 | 3
  rule?: boolean
  id?: string
  className?: string
}) {
  const Heading = props.level === 3 ? 'h3' : 'h2'
  return (
    <div
      className={clsx(
        'flex flex-wrap items-baseline gap-x-2 pb-1.5',
        props.rule !== false && 'border-b border-line-2',
        props.className,
      )}
    >
      <Heading id={props.id} className="font-semibold">
        {props.title}
      </Heading>
      {props.remark ? <span className="text-ink-3">{props.remark}</span> : null}
      {props.aside ? (
        <span className="ml-auto text-right text-meta text-ink-3">{props.aside}</span>
      ) : null}
    </div>
  )
}

/** The heading of a page or a decision, 18/600, with one quiet sentence below it. */
export function PageHeading(props: {
  title: ReactNode
  remark?: ReactNode
  sentence?: ReactNode
  children?: ReactNode
}) {
  return (
    <div className="min-w-0">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1">
        <h1 className="text-heading text-balance">
          {props.title}
          {props.remark ? (
            <span className="pl-2 font-normal text-ink-3">{props.remark}</span>
          ) : null}
        </h1>
        {props.children}
      </div>
      {props.sentence ? <p className="text-ink-2">{props.sentence}</p> : null}
    </div>
  )
}
