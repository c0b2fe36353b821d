import { Initials } from '@/components/ui/person'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { PersonRow } from '@/lib/people/queries/people'
import { isLate, PersonState, RoleWords } from './words'

function Row(props: { person: PersonRow; clock: Clock; own: boolean }) {
  const { person, clock } = props
  const late = isLate(person, clock.now)
  return (
    <Tr>
      <Td className="py-1.5">
        <div className="flex items-center gap-2.5">
          <Initials name={person.name} />
          <div className="min-w-0">
            <RowLink href={`/people/${person.id}`} className="break-words">
              <bdi>{person.name}</bdi>
            </RowLink>
            {props.own ? <span className="text-ink-3"> you</span> : null}
            <p className="break-all text-meta text-ink-3 lg:hidden">{person.email}</p>
            <div className="text-meta sm:hidden">
              <PersonState is={person.state} late={late} />
              <RoleWords held={person.roles} />
            </div>
          </div>
        </div>
      </Td>
      <Td quiet className="break-all max-lg:hidden">
        {person.email}
      </Td>
      <Td className="whitespace-nowrap max-sm:hidden">
        <PersonState is={person.state} late={late} />
      </Td>
      <Td className="py-1.5 max-sm:hidden">
        <RoleWords held={person.roles} />
      </Td>
      <Td quiet className="whitespace-nowrap max-md:hidden">
        {person.lastSeenAt ? <Time at={person.lastSeenAt} clock={clock} /> : null}
      </Td>
    </Tr>
  )
}

/** The people of the organisation: state, roles by place, when they were last here. */
export function PeopleTable(props: { rows: readonly PersonRow[]; clock: Clock; me: string }) {
  return (
    <Table caption="People" edge={20} className="max-sm:[&_tr>*:first-child]:pl-4">
      <TableHead sticky>
        <Th>Name</Th>
        <Th className="max-lg:hidden">E-mail</Th>
        <Th className="max-sm:hidden">State</Th>
        <Th className="max-sm:hidden">Roles</Th>
        <Th className="max-md:hidden">Last here</Th>
      </TableHead>
      <tbody>
        {props.rows.map((person) => (
          <Row key={person.id} person={person} clock={props.clock} own={person.id === props.me} />
        ))}
      </tbody>
    </Table>
  )
}
