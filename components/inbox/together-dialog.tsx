'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Dialog } from '@/components/ui/dialog'
import { Field, Textarea } from '@/components/ui/field'
import { InvisibleText } from '@/components/ui/invisible-text'
import { Shape } from '@/components/ui/shape'
import { TextLink } from '@/components/ui/text-link'
import { useAction } from '@/components/ui/use-action'
import { needsReason } from '@/lib/approvals/rules'
import { MAX_MESSAGE } from '@/lib/core/limits'
import { decideMany } from '@/lib/inbox/actions'
import type { BulkVerdict } from '@/lib/inbox/rules/bulk'
import { countWords } from '@/lib/inbox/rules/words'
import { ReasonPresets } from './reason-presets'
import type { SteadyRow } from './steady-rows'
import { RECORDED } from './use-decision'

type Outcome = { approvalId: string; ok: boolean; words: string; fact: string | null }

/** Every title and every digest before it is signed; afterwards what came of each. */
export function TogetherDialog(props: {
  verdict: BulkVerdict
  rows: readonly SteadyRow[]
  close: (done: boolean) => void
}) {
  const { verdict, rows } = props
  const [reason, setReason] = useState('')
  const { send, pending, failure, done } = useAction(decideMany)
  const outcomes = done?.value ?? null
  const kind = rows[0]?.kind ?? 'tool_call'
  const verb = verdict === 'approve' ? 'Approve' : 'Deny'
  const missing = needsReason(verdict) && reason.trim() === ''
  const record = async () => {
    const items = rows.map(({ id, digest }) => ({ approvalId: id, digest }))
    const result = await send({ verdict, reason: reason.trim(), items })
    if (result.ok) document.dispatchEvent(new Event(RECORDED))
  }
  return (
    <Dialog
      open
      onClose={() => props.close(outcomes !== null)}
      title={outcomes ? outcomeWords(outcomes) : `${verb} ${countWords(rows.length, 'item')}?`}
      sentence={
        outcomes
          ? 'Each was recorded by itself; one that could not be is named with the reason.'
          : 'Each is signed and recorded by itself, on the digest beside it.'
      }
      actions={
        outcomes ? (
          <Button tone="primary" onClick={() => props.close(true)}>
            Done
          </Button>
        ) : (
          <>
            {missing ? <span className="mr-auto text-meta text-red">Give a reason</span> : null}
            <Button onClick={() => props.close(false)}>Not now</Button>
            <Button
              tone={verdict === 'approve' ? 'primary' : 'destructive'}
              keys="⌘↵"
              disabled={missing}
              pending={pending}
              onClick={() => void record()}
            >
              {verb} {countWords(rows.length, 'item')}
            </Button>
          </>
        )
      }
    >
      <ul
        aria-label="Items"
        className="max-h-[38dvh] overflow-y-auto rounded-box border border-line"
      >
        {rows.map((row) => (
          <Item
            key={row.id}
            row={row}
            outcome={outcomes?.find((one) => one.approvalId === row.id) ?? null}
          />
        ))}
      </ul>
      {outcomes ? null : (
        <>
          <Field
            id="together-reason"
            label={needsReason(verdict) ? 'Reason, kept with each' : 'Comment, kept with each'}
            source={needsReason(verdict) ? undefined : 'optional'}
            error={failure?.message}
          >
            <Textarea
              id="together-reason"
              data-autofocus
              rows={2}
              dir="auto"
              maxLength={MAX_MESSAGE}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          </Field>
          <ReasonPresets kind={kind} verdict={verdict} reason={reason} choose={setReason} />
        </>
      )}
    </Dialog>
  )
}

function outcomeWords(outcomes: readonly Outcome[]): string {
  const failed = outcomes.filter((one) => !one.ok).length
  const recorded = outcomes.length - failed
  return failed === 0 ? `${recorded} recorded` : `${recorded} recorded, ${failed} not`
}

function Item(props: { row: SteadyRow; outcome: Outcome | null }) {
  const { row, outcome } = props
  return (
    <li className="border-b border-line px-3 py-2 last:border-b-0">
      <p className="flex items-baseline gap-2">
        <span className="min-w-0 flex-1 font-medium [overflow-wrap:anywhere]">
          <bdi>
            <InvisibleText text={row.title} />
          </bdi>
        </span>
        {outcome === null ? (
          <span className={row.opened ? 'text-meta text-ink-3' : 'text-meta text-red'}>
            {row.opened ? 'opened' : 'not opened'}
          </span>
        ) : null}
      </p>
      <code className="block break-all text-tiny text-ink-3">{row.digest}</code>
      {outcome === null ? null : (
        <p
          className={
            outcome.ok ? 'flex items-baseline gap-2' : 'flex items-baseline gap-2 text-red'
          }
        >
          <Shape name={outcome.ok ? 'check' : 'cross'} ink={outcome.ok ? 'green' : 'red'} />
          <span className="min-w-0 flex-1">{outcome.words}</span>
          {outcome.fact === null ? null : (
            <TextLink href={`/log?fact=${outcome.fact}`}>Receipt</TextLink>
          )}
        </p>
      )}
    </li>
  )
}
