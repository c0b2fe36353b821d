'use client'

import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { buttonClass } from '@/components/ui/button'
import type { Clock } from '@/components/ui/time-words'
import type { CatalogCursor } from '@/lib/agents/model'
import type { CatalogRow } from '@/lib/agents/queries/list'
import { counted } from '../marks'
import { type CatalogPlace, hrefOf } from './address'
import { AgentRow } from './row'

type Page = { rows: CatalogRow[]; next: CatalogCursor | null }

/**
 * The rows after the first page, and the link that brings more. Without script it is a link to the
 * next page; with it the rows are added below and nothing above them moves.
 */
export function MoreAgents(props: {
  place: CatalogPlace
  next: CatalogCursor
  shown: number
  columns: number
  clock: Clock
}) {
  const [rows, setRows] = useState<CatalogRow[]>([])
  const [next, setNext] = useState<CatalogCursor | null>(props.next)
  const [state, setState] = useState<'idle' | 'loading' | 'failed'>('idle')

  async function load(cursor: CatalogCursor) {
    setState('loading')
    try {
      const response = await fetch(hrefOf({ ...props.place, cursor }, '/api/console/agents'))
      if (!response.ok) throw new Error(String(response.status))
      const page = (await response.json()) as Page
      setRows((known) => [...known, ...page.rows])
      setNext(page.next)
      setState('idle')
      announce(`${counted(page.rows.length, 'agent')} added.`)
    } catch {
      setState('failed')
    }
  }

  return (
    <>
      {rows.map((row, index) => (
        <AgentRow key={row.id} row={row} clock={props.clock} index={props.shown + index} />
      ))}
      {next === null ? null : (
        <tr>
          <td colSpan={props.columns} className="h-12 pl-5">
            <a
              href={hrefOf({ ...props.place, cursor: next })}
              aria-disabled={state === 'loading' || undefined}
              onClick={(event) => {
                event.preventDefault()
                if (state !== 'loading') void load(next)
              }}
              className={buttonClass({ tone: 'secondary' })}
            >
              {state === 'loading' ? 'Loading' : 'Load more'}
            </a>
            {state === 'failed' ? (
              <span role="alert" className="pl-3 text-red">
                The next agents could not be read. What is shown stays. Try again.
              </span>
            ) : null}
          </td>
        </tr>
      )}
    </>
  )
}
