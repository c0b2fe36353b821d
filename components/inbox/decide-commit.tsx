import { Button } from '@/components/ui/button'
import { TextLink } from '@/components/ui/text-link'
import type { DecideFacts } from './decide-facts'
import { NextItem } from './next-item'
import type { Decision } from './use-decision'
import { useOnline } from './use-online'

/** The one button that records, with what stands in its way; afterwards the receipt in its place. */
export function Commit(props: { facts: DecideFacts; decision: Decision }) {
  const { facts, decision } = props
  const online = useOnline()
  if (decision.recorded) {
    return (
      <div role="status" className="flex flex-wrap items-center justify-between gap-2">
        <p>
          <strong className="font-semibold">Recorded.</strong> {decision.recorded.effect}{' '}
          {decision.recorded.fact ? (
            <TextLink href={`/log?fact=${decision.recorded.fact}`}>Receipt</TextLink>
          ) : null}
        </p>
        <NextItem />
      </div>
    )
  }
  if (facts.why !== null) {
    return facts.state === 'open' ? <p className="text-ink-2">{facts.why}</p> : null
  }
  const verb = facts.verbs.find((one) => one.verdict === decision.verdict)
  const blocked = online
    ? decision.missing[0]
    : 'Deciding is off until the connection is back. Your reason is kept on this device.'
  return (
    <>
      {decision.failure ? (
        <p role="alert" className="text-red">
          {decision.failure}
        </p>
      ) : null}
      {verb && blocked ? <p className="text-meta text-red">{blocked}</p> : null}
      <Button
        tone="primary"
        size="commit"
        keys="⌘↵"
        className="w-full"
        disabled={!verb || blocked !== undefined}
        pending={decision.pending}
        onClick={decision.record}
      >
        {decision.pending ? 'Recording your decision' : (verb?.commit ?? 'Sign')}
      </Button>
    </>
  )
}
