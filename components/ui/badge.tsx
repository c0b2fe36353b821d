import clsx from 'clsx'
import type { ReactNode } from 'react'

const TONES = {
  neutral: 'bg-hover text-ink-2',
  accent: 'bg-sel text-acc',
  amber: 'bg-amb-soft text-amb',
  green: 'bg-grn-soft text-grn',
  red: 'bg-red-soft text-red',
} as const

/** A word on a soft fill, 20 high, one per row. A state is a `State`, never a badge. */
export function Badge(props: { tone?: keyof typeof TONES; icon?: ReactNode; children: ReactNode }) {
  return (
    <span
      className={clsx(
        'inline-flex h-5 items-center gap-1.5 whitespace-nowrap rounded-tag px-1.5 font-medium text-meta',
        TONES[props.tone ?? 'neutral'],
      )}
    >
      {props.icon}
      {props.children}
    </span>
  )
}
