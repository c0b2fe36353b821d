import type { ReactNode } from 'react'

/** A page that could not be shown: what failed, what is safe, what to do, the code. */
export function FailurePage(props: { title: string; children: ReactNode; actions: ReactNode }) {
  return (
    <div className="flex min-h-0 flex-1 flex-col justify-center px-10 py-16 max-sm:px-4">
      <h1 className="text-title">{props.title}</h1>
      <div className="max-w-[62ch] pt-0.5 text-ink-2">{props.children}</div>
      <div className="flex flex-wrap items-center gap-2 pt-3">{props.actions}</div>
    </div>
  )
}
