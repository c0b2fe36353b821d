'use client'

import { Button } from '@/components/ui/button'
import { SectionHead } from '@/components/ui/section'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import { useAction } from '@/components/ui/use-action'
import { endOtherSessions, endSession } from '@/lib/people/actions'
import type { OwnSession } from '@/lib/people/queries/own'
import { browserWords } from './browser-words'

const VIA: Record<string, string> = {
  password: 'password',
  oidc: 'sign-on',
  setup: 'setup',
  invitation: 'invitation',
  demo: 'demo',
}

function Line(props: { session: OwnSession; clock: Clock }) {
  const { session, clock } = props
  const action = useAction(endSession)
  return (
    <Tr>
      <Td className="py-1.5">
        {browserWords(session.userAgent)}
        {session.current ? <span className="text-ink-3"> this one</span> : null}
        <p className="text-meta text-ink-3 sm:hidden">
          by {VIA[session.via] ?? session.via}, last used{' '}
          <Time at={session.lastSeenAt} clock={clock} />
        </p>
        {action.failure ? (
          <p role="alert" className="text-meta text-red">
            {action.failure.message}
          </p>
        ) : null}
      </Td>
      <Td quiet className="max-sm:hidden">
        {VIA[session.via] ?? session.via}
      </Td>
      <Td quiet className="whitespace-nowrap max-sm:hidden">
        <Time at={session.createdAt} clock={clock} />
      </Td>
      <Td quiet className="whitespace-nowrap max-sm:hidden">
        <Time at={session.lastSeenAt} clock={clock} />
      </Td>
      <Td right>
        {session.current ? null : (
          <Button
            size="small"
            tone="danger"
            pending={action.pending}
            onClick={() => void action.send({ session: session.session, because: 'revoked' })}
          >
            End
          </Button>
        )}
      </Td>
    </Tr>
  )
}

/** Where the reader is signed in. Ended sessions are over at their next request. */
export function OwnSessions(props: { sessions: readonly OwnSession[]; clock: Clock }) {
  const { sessions, clock } = props
  const action = useAction(endOtherSessions)
  const others = sessions.filter((session) => !session.current).length
  return (
    <section aria-labelledby="sessions">
      <SectionHead title="Where you are signed in" id="sessions" />
      <Table caption="Your sessions">
        <TableHead>
          <Th>Browser</Th>
          <Th className="max-sm:hidden">By</Th>
          <Th className="max-sm:hidden">Since</Th>
          <Th className="max-sm:hidden">Last used</Th>
          <Th hidden>Action</Th>
        </TableHead>
        <tbody>
          {sessions.map((session) => (
            <Line key={session.session} session={session} clock={clock} />
          ))}
        </tbody>
      </Table>
      {others > 0 ? (
        <Button
          className="mt-3"
          tone="danger"
          pending={action.pending}
          onClick={() => void action.send({})}
        >
          {others === 1 ? 'End the other session' : `End the other ${others} sessions`}
        </Button>
      ) : null}
      {action.failure ? (
        <p role="alert" className="pt-1 text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
    </section>
  )
}
