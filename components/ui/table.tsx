import clsx from 'clsx'
import Link from 'next/link'
import type { ComponentProps, ReactNode } from 'react'

const HEIGHT = {
  log: '[--row:30px]',
  normal: '[--row:36px]',
  roomy: '[--row:44px]',
} as const

/**
 * A real table: hairlines, no stripes, a head that sticks inside the nearest scroll container.
 * `caption` names it for a reader. Rows 36 high; `log` 30, `roomy` 44 (which every phone gets).
 * `edge` is the padding before the first and after the last cell, in px: 0 inside a section, 20
 * for a table that fills its pane.
 */
export function Table(props: {
  caption: string
  density?: keyof typeof HEIGHT
  edge?: 0 | 16 | 20
  rowCount?: number
  /** On a phone each row becomes two lines; `at` of its cells says what stands where. */
  stack?: boolean
  className?: string
  children: ReactNode
}) {
  const edge = props.edge ?? 0
  return (
    <table
      aria-rowcount={props.rowCount}
      data-edge={edge}
      className={clsx(
        'w-full border-separate border-spacing-0 text-left max-sm:[--row:44px]',
        HEIGHT[props.density ?? 'normal'],
        props.stack && 'stack',
        edge === 0 && '[&_tr>*:last-child]:pr-0',
        edge === 20 && '[&_tr>*:first-child]:pl-5 [&_tr>*:last-child]:pr-5',
        edge === 16 && '[&_tr>*:first-child]:pl-4 [&_tr>*:last-child]:pr-4',
        props.className,
      )}
    >
      <caption className="sr-only">{props.caption}</caption>
      {props.children}
    </table>
  )
}

/** The head row; 32 high, its hairline the stronger one. `sticky` inside a scrolling pane. */
export function TableHead(props: { sticky?: boolean; children: ReactNode }) {
  return (
    <thead className={clsx(props.sticky && 'sticky top-0 z-10 bg-bg')}>
      <tr className="[&>th]:border-b [&>th]:border-line-2">{props.children}</tr>
    </thead>
  )
}

type Sort = 'ascending' | 'descending'
/**
 * A column head. `href` makes it sortable: a link to the list in the other order. `hidden` keeps
 * the name for readers where the column speaks for itself (shapes, boxes, actions).
 */
export function Th(props: {
  children?: ReactNode
  right?: boolean
  hidden?: boolean
  href?: string
  sort?: Sort | undefined
  width?: number
  className?: string
}) {
  const arrow = props.sort ? (
    <span aria-hidden="true" className="pl-1">
      {props.sort === 'ascending' ? '↑' : '↓'}
    </span>
  ) : null
  return (
    <th
      scope="col"
      aria-sort={props.sort}
      className={clsx(
        'h-8 whitespace-nowrap pr-4 text-meta font-medium text-ink-3',
        props.right && 'text-right',
        props.className,
      )}
      {...(props.width === undefined ? {} : { style: { width: props.width } })}
    >
      {props.hidden ? <span className="sr-only">{props.children}</span> : null}
      {props.hidden ? null : props.href ? (
        <Link href={props.href} className="rounded-tag hover:text-ink">
          {props.children}
          {arrow}
        </Link>
      ) : (
        <>
          {props.children}
          {arrow}
        </>
      )}
    </th>
  )
}

/**
 * A row. When it holds a `RowLink` the whole row follows it: `selected` paints it and draws the
 * 2 px accent bar that focus draws too.
 */
export function Tr(props: ComponentProps<'tr'> & { selected?: boolean | undefined }) {
  const { selected, className, ...rest } = props
  return (
    <tr
      {...rest}
      data-row=""
      data-selected={selected || undefined}
      className={clsx(
        'row relative has-[a[data-row-link]]:hover:bg-hover',
        '[&>td]:border-b [&>td]:border-line [&>th]:border-b [&>th]:border-line',
        selected && 'bg-sel hover:bg-sel!',
        className,
      )}
    />
  )
}

/**
 * A cell. `right` for numbers; `quiet` for what is secondary. An empty cell stays empty. `at` is its
 * place in a stacked row on a phone: before the title, the title, at the end of the first line, on
 * the second line (the default), or not at all.
 */
export function Td(
  props: ComponentProps<'td'> & {
    right?: boolean
    quiet?: boolean
    at?: 'lead' | 'title' | 'end' | 'under' | 'none'
  },
) {
  const { right, quiet, at, className, ...rest } = props
  return (
    <td
      {...rest}
      data-at={at ?? 'under'}
      className={clsx(
        'h-(--row) pr-4 align-middle',
        right && 'text-right',
        quiet && 'text-ink-2',
        className,
      )}
    />
  )
}

/**
 * The link that names a row. Its target covers the whole row; other links and buttons of the row
 * stay above it (`relative z-1`). J and K move over these links.
 */
export function RowLink(props: ComponentProps<typeof Link>) {
  const { className, ...rest } = props
  return (
    <Link
      {...rest}
      data-row-link=""
      className={clsx(
        'inline-block py-0.5 font-medium text-ink outline-none after:absolute after:inset-0 after:content-[""]',
        className,
      )}
    />
  )
}

/** A row that names the group below it ("Thursday 19 November 2026"). */
export function GroupRow(props: { columns: number; children: ReactNode; aside?: ReactNode }) {
  return (
    <tr>
      <th
        scope="rowgroup"
        colSpan={props.columns}
        className="h-[26px] border-b border-line bg-sunk text-meta font-normal text-ink-2"
      >
        <span className="flex justify-between">
          <span>{props.children}</span>
          {props.aside ? <span className="text-ink-3">{props.aside}</span> : null}
        </span>
      </th>
    </tr>
  )
}
