'use client'

import { AlarmClock, Forward, Hand } from 'lucide-react'
import { lazy, Suspense, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Menu } from '@/components/ui/menu'
import type { Clock } from '@/components/ui/time-words'
import { claimApproval, releaseApproval, wakeApproval } from '@/lib/inbox/actions'
import { useArrange } from './use-arrange'

const SnoozeChoices = lazy(() => import('./snooze-choices'))
const HandOverDialog = lazy(() => import('./hand-over-dialog'))

export type Colleague = { id: string; name: string; away: boolean }

/** Set aside, be on it, hand over. What a choice needs is fetched when it is made. */
export function ArrangeButtons(props: {
  approvalId: string
  deadlineAt: string | null
  snoozed: boolean
  claim: { mine: boolean; name: string } | null
  people: readonly Colleague[]
  clock: Clock
}) {
  const { approvalId, claim, people } = props
  const [handing, setHanding] = useState(false)
  const wake = useArrange(wakeApproval)
  const claiming = useArrange(claimApproval)
  const releasing = useArrange(releaseApproval)
  const mine = claim?.mine === true
  const [snoozeProblem, setSnoozeProblem] = useState<string | null>(null)
  const problem = wake.problem ?? claiming.problem ?? releasing.problem ?? snoozeProblem
  const toggleClaim = () =>
    mine
      ? releasing.arrange({ approvalId }, 'Others no longer see you on it.')
      : claiming.arrange({ approvalId }, 'Others see that you are on it.')
  const icon = { 'aria-hidden': true, size: 13, strokeWidth: 1.75 } as const
  return (
    <div className="-mr-2 flex shrink-0 items-center gap-1">
      {problem ? (
        <span role="alert" className="text-red">
          {problem}
        </span>
      ) : null}
      {props.snoozed ? (
        <Button
          size="small"
          tone="quiet"
          keys="S"
          icon={<AlarmClock {...icon} />}
          pending={wake.pending}
          onClick={() => void wake.arrange({ approvalId }, 'Back in your inbox.')}
        >
          Take it back
        </Button>
      ) : (
        <Menu
          width={232}
          trigger={
            <Button size="small" tone="quiet" keys="S" icon={<AlarmClock {...icon} />}>
              Snooze
            </Button>
          }
        >
          <Suspense fallback={null}>
            <SnoozeChoices
              approvalId={approvalId}
              deadlineAt={props.deadlineAt}
              clock={props.clock}
              onProblem={setSnoozeProblem}
            />
          </Suspense>
        </Menu>
      )}
      {claim === null || mine ? (
        <Button
          size="small"
          tone="quiet"
          icon={<Hand {...icon} />}
          aria-pressed={mine}
          pending={claiming.pending || releasing.pending}
          onClick={() => void toggleClaim()}
        >
          {mine ? 'I am not on it' : 'I am on it'}
        </Button>
      ) : null}
      {people.length === 0 ? null : (
        <Button
          size="small"
          tone="quiet"
          keys="H"
          icon={<Forward {...icon} />}
          onClick={() => setHanding(true)}
        >
          Hand over
        </Button>
      )}
      {handing ? (
        <Suspense fallback={null}>
          <HandOverDialog approvalId={approvalId} people={people} close={() => setHanding(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}
