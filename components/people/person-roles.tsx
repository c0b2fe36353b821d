'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { SectionHead } from '@/components/ui/section'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { useAction } from '@/components/ui/use-action'
import { grantRole, revokeRole } from '@/lib/people/actions'
import type { HeldRole } from '@/lib/people/queries/people'
import { ROLE_EFFECTS, roleWord } from '@/lib/people/rules'
import { type ChosenRole, type Place, RoleAndPlace } from './roles-input'

export type RoleLine = HeldRole & {
  /** Null when the reader may take it away; else why not, or nothing at all to say. */
  mayRevoke: boolean
}

function Line(props: { line: RoleLine }) {
  const { line } = props
  const action = useAction(revokeRole)
  const place = line.department ?? 'everywhere'
  return (
    <Tr>
      <Td className="py-1.5 align-top font-medium">
        {roleWord(line.role)}
        <p className="font-normal text-ink-3 text-meta sm:hidden">
          <bdi>{place}</bdi>
        </p>
      </Td>
      <Td className="py-1.5 align-top max-sm:hidden">
        <bdi>{place}</bdi>
      </Td>
      <Td quiet className="py-1.5 align-top max-md:hidden">
        {ROLE_EFFECTS[line.role]}
      </Td>
      <Td right className="py-1 align-top">
        {line.mayRevoke ? (
          <Button
            size="small"
            tone="danger"
            pending={action.pending}
            aria-label={`Revoke ${line.role}, ${place}`}
            onClick={() => void action.send({ grantId: line.grantId })}
          >
            Revoke
          </Button>
        ) : null}
        {action.failure ? (
          <p role="alert" className="max-w-[36ch] pt-1 text-left text-meta text-red">
            {action.failure.message}
          </p>
        ) : null}
      </Td>
    </Tr>
  )
}

/** Gives one more role. `whyNot` says why the reader cannot, instead of hiding it. */
function Grant(props: { personId: string; places: readonly Place[]; whyNot: string | null }) {
  const first: ChosenRole = { role: 'viewer', departmentId: props.places[0]?.id ?? null }
  const [chosen, setChosen] = useState(first)
  const action = useAction(grantRole)
  if (props.whyNot !== null) return <p className="pt-3 text-meta text-ink-3">{props.whyNot}</p>
  return (
    <form
      className="flex max-w-[560px] flex-wrap items-start gap-2 pt-3 max-sm:flex-col"
      onSubmit={(event) => {
        event.preventDefault()
        void action.send({ personId: props.personId, ...chosen })
      }}
    >
      <RoleAndPlace name="New" chosen={chosen} places={props.places} onChange={setChosen} />
      <Button type="submit" pending={action.pending}>
        Grant {chosen.role}
      </Button>
      {action.failure ? (
        <p role="alert" className="basis-full text-meta text-red">
          {action.failure.message}
        </p>
      ) : null}
    </form>
  )
}

/** What a person may do and where. A change holds from their next request. */
export function PersonRoles(props: {
  personId: string
  lines: readonly RoleLine[]
  /** Where the reader may give roles; empty when nowhere. */
  places: readonly Place[]
  whyNotGrant: string | null
}) {
  return (
    <section aria-labelledby="roles">
      <SectionHead title="Roles" id="roles" remark="A change holds from the next request on." />
      {props.lines.length === 0 ? (
        <p className="border-b border-line py-2 text-ink-2">No role: this person sees nothing.</p>
      ) : (
        <Table caption="Roles">
          <TableHead>
            <Th>Role</Th>
            <Th className="max-sm:hidden">Where</Th>
            <Th className="max-md:hidden">Effect</Th>
            <Th hidden>Action</Th>
          </TableHead>
          <tbody>
            {props.lines.map((line) => (
              <Line key={line.grantId} line={line} />
            ))}
          </tbody>
        </Table>
      )}
      {props.places.length > 0 ? (
        <Grant personId={props.personId} places={props.places} whyNot={props.whyNotGrant} />
      ) : null}
    </section>
  )
}
