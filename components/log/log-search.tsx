import { Search } from 'lucide-react'

/** The query as text: a plain GET form, so that a view of the log is an address. */
export function LogSearch(props: { query: string; count: string; problem: string | null }) {
  return (
    <search className="block border-b border-line px-5 pb-3 max-sm:px-4">
      <form action="/log" className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <label className="relative min-w-0 flex-1">
          <span className="sr-only">Search the log</span>
          <Search
            aria-hidden="true"
            size={14}
            strokeWidth={1.75}
            className="pointer-events-none absolute top-1/2 left-2.5 -translate-y-1/2 text-ink-3"
          />
          <input
            key={props.query}
            name="q"
            type="search"
            defaultValue={props.query}
            data-key="/"
            aria-keyshortcuts="/"
            placeholder="action:version.* after:2026-11-01 -action:session.*"
            autoComplete="off"
            className="h-(--control-commit) w-full rounded-box border border-ctl bg-bg pr-2.5 pl-8 font-mono text-mono text-ink placeholder:text-ink-3 focus:border-acc focus:outline-2 focus:-outline-offset-1 focus:outline-acc"
          />
        </label>
        <p role="status" className="text-meta text-ink-3">
          {props.problem ? <span className="text-amb">{props.problem} </span> : null}
          {props.count}
        </p>
      </form>
    </search>
  )
}
