'use client'

import { Lock, Stamp } from 'lucide-react'
import { Button, ButtonLink } from '@/components/ui/button'
import { Notice } from '@/components/ui/empty'
import { useAction } from '@/components/ui/use-action'
import { withdrawProposal } from '@/lib/agents/actions'
import type { ProposalView } from '@/lib/agents/queries/page'

/** Why the text cannot be changed by this reader. */
export function ReadOnlyNotice(props: { reason: string }) {
  return (
    <Notice icon={<Lock aria-hidden="true" size={13} strokeWidth={1.9} />}>{props.reason}</Notice>
  )
}

/** The draft is proposed: what stands on it, and what an edit would throw away. */
export function ProposedNotice(props: {
  proposal: ProposalView
  /** Only its author may take it back. */
  mine: boolean
  unlocked: boolean
  mayEdit: boolean
  onUnlock: () => void
}) {
  const { proposal, unlocked } = props
  const { send, pending, failure } = useAction(withdrawProposal)
  const signed = proposal.signatures.map((one) => one.name)
  const loses =
    signed.length > 0
      ? `It also voids what ${signed.join(' and ')} signed.`
      : 'Nobody signed it yet.'
  return (
    <Notice tone="amber" icon={<Stamp aria-hidden="true" size={14} strokeWidth={1.75} />}>
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p className="min-w-0 max-w-[72ch] flex-1 basis-[320px]">
          <strong>
            P-{proposal.number} is open: {signed.length} of {proposal.quorum} signed.
          </strong>{' '}
          {unlocked
            ? `Your next change voids it. ${loses}`
            : `Proposed by ${proposal.author}. Any edit voids it. ${loses}`}
          {failure ? <span className="block text-red">{failure.message}</span> : null}
        </p>
        <span className="flex flex-wrap items-center gap-2">
          <ButtonLink href={`/inbox/${proposal.approvalId}`} size="small">
            Read the proposal
          </ButtonLink>
          {props.mine ? (
            <Button
              size="small"
              pending={pending}
              onClick={() => void send({ proposalId: proposal.id })}
            >
              Withdraw
            </Button>
          ) : null}
          {props.mayEdit && !unlocked ? (
            <Button size="small" tone="danger" onClick={props.onUnlock}>
              Edit and void it
            </Button>
          ) : null}
        </span>
      </div>
    </Notice>
  )
}
