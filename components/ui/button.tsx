import clsx from 'clsx'
import Link from 'next/link'
import { type ComponentProps, type ReactNode, useId } from 'react'
import { KeyHint, keyAttributes } from './key-hint'

export type ButtonTone = 'primary' | 'secondary' | 'quiet' | 'danger' | 'destructive'
type ButtonSize = 'small' | 'normal' | 'commit'

const TONE: Record<ButtonTone, string> = {
  primary: 'border-transparent bg-acc-fill text-on-fill hover:bg-acc-press',
  secondary: 'border-line-2 bg-bg text-ink hover:bg-hover',
  quiet: 'border-transparent text-ink-2 hover:bg-hover hover:text-ink',
  danger: 'border-line-2 bg-bg text-red hover:bg-red-soft',
  destructive: 'border-transparent bg-red-fill text-on-fill hover:bg-red-press',
}
const SIZE: Record<ButtonSize, string> = {
  small: 'h-(--control-small) gap-1.5 px-2',
  normal: 'h-(--control) gap-2 px-[11px] has-[.key-hint]:pr-[7px]',
  commit: 'h-(--control-commit) gap-2 px-[11px] has-[.key-hint]:pr-2',
}
const OFF =
  'disabled:border-line disabled:bg-hover disabled:text-ink-3 aria-disabled:border-line aria-disabled:bg-hover aria-disabled:text-ink-3'

type Look = {
  tone?: ButtonTone | undefined
  size?: ButtonSize | undefined
  /** The key that does the same, as it is printed on the cap ("A", "⌘↵"). */
  keys?: string | undefined
  /** A lucide icon of 13 to 15 px, before the words. */
  icon?: ReactNode
}

/** The look alone, for what has to be another element (a `<summary>`, a menu trigger). */
export function buttonClass(look: Pick<Look, 'tone' | 'size'> = {}, extra?: string): string {
  return clsx(
    'inline-flex shrink-0 select-none items-center justify-center whitespace-nowrap rounded-box border font-medium transition-colors',
    TONE[look.tone ?? 'secondary'],
    SIZE[look.size ?? 'normal'],
    OFF,
    extra,
  )
}

function Inside(props: Look & { children?: ReactNode }) {
  const filled = props.tone === 'primary' || props.tone === 'destructive'
  return (
    <>
      {props.icon}
      <span className="word">{props.children}</span>
      {props.keys ? <KeyHint keys={props.keys} tone={filled ? 'primary' : 'plain'} /> : null}
    </>
  )
}

/**
 * A button that names its effect. `pending` keeps its width and says that it works; `reason` turns
 * it off and stands beside it, because a dead button without a reason is a riddle.
 */
export function Button(
  props: ComponentProps<'button'> & Look & { pending?: boolean; reason?: string | undefined },
) {
  const { tone, size, keys, icon, pending, reason, className, children, ...rest } = props
  const id = useId()
  const off = props.disabled || pending || reason !== undefined
  const button = (
    <button
      type="button"
      {...rest}
      disabled={off}
      aria-busy={pending || undefined}
      {...keyAttributes(keys)}
      aria-describedby={reason ? id : props['aria-describedby']}
      className={buttonClass({ tone, size }, className)}
    >
      <Inside tone={off ? 'secondary' : tone} keys={keys} icon={icon}>
        {children}
      </Inside>
    </button>
  )
  if (reason === undefined) return button
  return (
    <span className="inline-flex items-center gap-3">
      <span id={id} className="max-w-[36ch] text-right text-meta text-red">
        {reason}
      </span>
      {button}
    </span>
  )
}

/** The same look for what goes somewhere: a link stays a link. */
export function ButtonLink(props: ComponentProps<typeof Link> & Look) {
  const { tone, size, keys, icon, className, children, ...rest } = props
  return (
    <Link {...rest} {...keyAttributes(keys)} className={buttonClass({ tone, size }, className)}>
      <Inside tone={tone} keys={keys} icon={icon}>
        {children}
      </Inside>
    </Link>
  )
}

/**
 * A button that is only an icon, 28 px square (44 on a phone). The name is its tooltip and its
 * accessible name.
 */
export function IconButton(props: ComponentProps<'button'> & { name: string }) {
  const { name, className, children, ...rest } = props
  return (
    <button
      type="button"
      {...rest}
      aria-label={name}
      title={name}
      className={clsx(
        'inline-flex size-(--control) shrink-0 items-center justify-center rounded-box text-ink-2 transition-colors hover:bg-hover hover:text-ink disabled:text-ctl',
        className,
      )}
    >
      {children}
    </button>
  )
}
