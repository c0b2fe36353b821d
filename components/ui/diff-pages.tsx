'use client'

import { type ReactNode, useState } from 'react'
import { Button } from './button'

type DiffPage = { rows: ReactNode; lines: number }

/**
 * The table of a long diff, page by page: a hundred thousand rows at once would hold up the tab. It
 * says how many lines are still to come.
 */
export function DiffPages(props: { head: ReactNode; pages: readonly DiffPage[]; foot: ReactNode }) {
  const { pages } = props
  const [shown, setShown] = useState(1)
  const rest = pages.slice(shown).reduce((sum, page) => sum + page.lines, 0)
  const next = pages[shown]?.lines ?? 0
  return (
    <>
      <table className="w-full border-collapse font-mono text-mono">
        {props.head}
        {pages.slice(0, shown).map((page, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a page is its place
          <tbody key={index}>{page.rows}</tbody>
        ))}
        {rest === 0 ? <tbody>{props.foot}</tbody> : null}
      </table>
      {rest === 0 ? null : (
        <div className="flex flex-wrap items-center gap-3 border-t border-line-2 bg-code px-3 py-2 text-meta text-ink-2">
          <Button size="small" onClick={() => setShown(shown + 1)}>
            Show {next.toLocaleString('en-GB')} more lines
          </Button>
          {rest.toLocaleString('en-GB')} lines are not shown yet.
        </div>
      )}
    </>
  )
}
