import clsx from 'clsx'
import { ChevronsUpDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'

const EDGE =
  'w-full rounded-box border border-ctl bg-bg px-2.5 text-ink placeholder:text-ink-3 focus:border-acc focus:outline-2 focus:-outline-offset-1 focus:outline-acc disabled:border-line-2 disabled:bg-sunk disabled:text-ink-3 aria-invalid:border-red'

/**
 * Label above, source at the right ("line 4"), the control, then what is wrong and its fix. The
 * control takes `id` and, for the messages, `aria-describedby={describedBy(id)}`; `Input`,
 * `Textarea` and `Select` do so by themselves when they are given the field's id.
 */
export function Field(props: {
  id: string
  label: ReactNode
  source?: ReactNode
  hint?: ReactNode
  error?: string | undefined
  fix?: ReactNode
  className?: string
  children: ReactNode
}) {
  return (
    <div className={clsx('flex min-w-0 flex-col', props.className)}>
      <div className="flex items-baseline justify-between gap-3 pb-1 text-meta">
        <label htmlFor={props.id} className="text-ink-2">
          {props.label}
        </label>
        {props.source ? <span className="text-ink-3">{props.source}</span> : null}
      </div>
      {props.children}
      <div id={describedBy(props.id)} className="text-meta">
        {props.hint ? <p className="pt-1.5 text-ink-3">{props.hint}</p> : null}
        {props.error ? (
          <p className="flex flex-wrap items-baseline gap-x-2 pt-1.5 text-red">
            {props.error}
            {props.fix}
          </p>
        ) : null}
      </div>
    </div>
  )
}

/** The id of a field's hint and error. */
function describedBy(id: string): string {
  return `${id}-about`
}

type Marked = { mono?: boolean; error?: boolean | undefined }
const shared = (props: Marked & { id?: string | undefined }) => ({
  'aria-describedby': props.id ? describedBy(props.id) : undefined,
  'aria-invalid': props.error === true ? true : undefined,
})

/** One line of text, 28 high. `mono` for bytes: names of agents, tools, paths. */
export function Input(props: ComponentProps<'input'> & Marked) {
  const { mono, error, className, ...rest } = props
  return (
    <input
      autoComplete="off"
      {...shared(props)}
      {...rest}
      className={clsx(EDGE, 'h-(--control)', mono && 'font-mono text-mono', className)}
    />
  )
}

export function Textarea(props: ComponentProps<'textarea'> & Marked) {
  const { mono, error, className, ...rest } = props
  return (
    <textarea
      rows={3}
      {...shared(props)}
      {...rest}
      className={clsx(EDGE, 'block resize-y py-1', mono && 'font-mono text-mono', className)}
    />
  )
}

/** The browser's own select: works without script, on a phone and for every reader. */
export function Select(props: ComponentProps<'select'> & Marked) {
  const { mono, error, className, ...rest } = props
  return (
    <span className={clsx('relative block', className)}>
      <select
        {...shared(props)}
        {...rest}
        className={clsx(EDGE, 'h-(--control) appearance-none pr-7', mono && 'font-mono text-mono')}
      />
      <ChevronsUpDown
        aria-hidden="true"
        size={13}
        strokeWidth={1.75}
        className="pointer-events-none absolute top-1/2 right-2.5 -translate-y-1/2 text-ink-3"
      />
    </span>
  )
}

/** A 14 px box in a 24 px target; `children` is its label. */
export function Checkbox(props: ComponentProps<'input'>) {
  const { children, className, ...rest } = props
  return (
    <label className={clsx('inline-flex min-h-6 items-center gap-2.5', className)}>
      <input type="checkbox" {...rest} className="tick" />
      {children}
    </label>
  )
}
