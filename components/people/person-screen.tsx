import type { ReactNode } from 'react'
import { PageHeader } from '@/components/shell/page-header'
import { Reader } from '@/components/shell/panes'
import { Facts } from '@/components/ui/facts'
import { PageHeading } from '@/components/ui/section'
import { Time } from '@/components/ui/time'
import { absoluteWords, type Clock } from '@/components/ui/time-words'
import type { PersonRow } from '@/lib/people/queries/people'
import { PersonAccess } from './person-access'
import { PersonRoles, type RoleLine } from './person-roles'
import type { Place } from './roles-input'
import { isLate, PersonState } from './words'

type Props = {
  person: PersonRow
  own: boolean
  lines: readonly RoleLine[]
  places: readonly Place[]
  whyNotGrant: string | null
  /** The reader may shut this person out or let them in; why not, when a rule forbids it. */
  mayManage: boolean
  whyNotDisable: string | null
  clock: Clock
  /** The reader's own sessions, on their own page. */
  sessions: ReactNode
}

function expiresWords(person: PersonRow, clock: Clock): string {
  if (person.invitedUntil === null) return 'Has no invitation link.'
  const at = absoluteWords(person.invitedUntil.getTime(), clock.zone)
  return isLate(person, clock.now)
    ? `The invitation link expired on ${at}.`
    : `The invitation link holds until ${at}.`
}

/** One person: who, what they may do and where, whether they can come in. */
export function PersonScreen(props: Props) {
  const { person, clock } = props
  const { id, name, state } = person
  return (
    <>
      <PageHeader crumbs={[{ label: 'People', href: '/people' }, { label: <bdi>{name}</bdi> }]} />
      <Reader
        railWidth="object"
        head={<PageHeading title={<bdi>{name}</bdi>} remark={props.own ? 'you' : undefined} />}
        rail={
          <Facts
            facts={[
              {
                label: 'State',
                value: <PersonState is={state} late={isLate(person, clock.now)} />,
              },
              { label: 'E-mail', value: <span className="break-all">{person.email}</span> },
              {
                label: 'Last here',
                value: person.lastSeenAt ? <Time at={person.lastSeenAt} clock={clock} /> : null,
              },
            ]}
          />
        }
      >
        <PersonRoles
          personId={id}
          lines={props.lines}
          places={props.places}
          whyNotGrant={props.whyNotGrant}
        />
        {props.mayManage ? (
          <PersonAccess
            person={{ id, name, state }}
            expires={expiresWords(person, clock)}
            whyNotDisable={props.whyNotDisable}
          />
        ) : null}
        {props.sessions ? <div className="pt-8">{props.sessions}</div> : null}
      </Reader>
    </>
  )
}
