'use client'

import { UserCheck } from 'lucide-react'
import { useEffect, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Notice } from '@/components/ui/empty'
import { LiveTime } from '@/components/ui/live-time'
import { TextLink } from '@/components/ui/text-link'
import type { Clock } from '@/components/ui/time-words'
import type { Verdict } from '@/lib/approvals/model'
import type { DecideFacts } from './decide-facts'
import { keepReason, keptReason } from './kept-reason'
import { NextItem } from './next-item'

function did(facts: DecideFacts, verdict: Verdict): string {
  if (verdict === 'approve') return 'approved this'
  if (verdict === 'reject') return 'denied this'
  return facts.kind === 'tool_call' ? 'answered this' : 'asked for changes'
}

/**
 * Above an item that is no longer open: who settled it and when, what it means, where the draft
 * went. What the reader had begun to write is kept and can be copied.
 */
export function SettledNotice(props: { facts: DecideFacts; clock: Clock; viewerId: string }) {
  const { facts, clock } = props
  const [mine, setMine] = useState('')
  useEffect(() => {
    if (facts.state !== 'open') setMine(keptReason(facts.approvalId))
  }, [facts.state, facts.approvalId])
  if (facts.state === 'open') return null
  const by = facts.settledBy
  const who = by?.person.id === props.viewerId ? 'You' : by?.person.name
  return (
    <Notice icon={<UserCheck aria-hidden="true" size={13} strokeWidth={1.75} />}>
      <p>
        {by ? (
          <>
            <strong>
              {who} {did(facts, by.verdict)} <LiveTime at={by.at} clock={clock} />.
            </strong>{' '}
            {by.reason === '' ? null : (
              <>
                “<bdi>{by.reason}</bdi>”{' '}
              </>
            )}
            <TextLink href={`/log?fact=${by.fact}`}>See the fact</TextLink>
          </>
        ) : (
          <strong className="font-semibold">{facts.settled}</strong>
        )}
        {facts.successor ? (
          <>
            {' '}
            <TextLink href={`/inbox/${facts.successor}`}>Look at the difference</TextLink> in the
            proposal that stands for the draft now.
          </>
        ) : null}
      </p>
      {by?.person.id === props.viewerId ? null : (
        <p className="pt-1.5">
          <NextItem />
        </p>
      )}
      {mine === '' ? null : (
        <div className="flex flex-wrap items-center gap-2 pt-1.5">
          <p className="min-w-0 border-l-2 border-line-2 pl-3 text-ink-2">
            Your text was not recorded: “<bdi>{mine}</bdi>”
          </p>
          <Button size="small" data-copy={mine}>
            Copy my text
          </Button>
          <Button
            size="small"
            tone="quiet"
            onClick={() => {
              keepReason(facts.approvalId, '')
              setMine('')
            }}
          >
            Discard
          </Button>
        </div>
      )}
    </Notice>
  )
}
