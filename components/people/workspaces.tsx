'use client'

import { useState } from 'react'
import { Button } from '@/components/ui/button'
import { Field, Input, Select } from '@/components/ui/field'
import { SectionHead } from '@/components/ui/section'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { useAction } from '@/components/ui/use-action'
import { registerWorkspace } from '@/lib/runs/actions'
import type { WorkspaceRow } from '@/lib/runs/queries/list'
import type { Place } from './roles-input'

/** Registers a folder of this machine; only there may runs read, and change after approval. */
function Register(props: { places: readonly Place[] }) {
  const action = useAction(registerWorkspace)
  const [round, setRound] = useState(0)
  const fields = action.failure?.fields ?? {}
  const other = Object.keys(fields).length === 0 ? action.failure?.message : undefined
  const aboutPath = fields.rootPath ?? other
  const register = async (form: FormData) => {
    const result = await action.send(Object.fromEntries(form))
    if (result.ok) setRound((count) => count + 1)
  }
  return (
    <form
      key={round}
      className="flex max-w-[560px] flex-col gap-3 pt-3"
      onSubmit={(event) => {
        event.preventDefault()
        void register(new FormData(event.currentTarget))
      }}
    >
      <Field id="workspace-path" label="Folder, as a whole path" error={aboutPath}>
        <Input id="workspace-path" name="rootPath" mono required error={aboutPath !== undefined} />
      </Field>
      <div className="flex gap-3 max-sm:flex-col">
        <Field
          id="workspace-slug"
          label="Name"
          hint="Lower-case letters, digits, hyphens."
          error={fields.slug}
          className="flex-1"
        >
          <Input
            id="workspace-slug"
            name="slug"
            mono
            required
            maxLength={64}
            error={fields.slug !== undefined}
          />
        </Field>
        <Field id="workspace-department" label="Department" className="flex-1">
          <Select id="workspace-department" name="departmentId">
            {props.places.map((place) => (
              <option key={place.id} value={place.id ?? ''}>
                {place.name}
              </option>
            ))}
          </Select>
        </Field>
      </div>
      <div>
        <Button type="submit" pending={action.pending}>
          Register the workspace
        </Button>
      </div>
    </form>
  )
}

/** The folders in which runs may work, and where the reader may add one. */
export function Workspaces(props: { rows: readonly WorkspaceRow[]; places: readonly Place[] }) {
  return (
    <section aria-labelledby="workspaces" className="pt-8">
      <SectionHead
        title="Workspaces"
        id="workspaces"
        remark="The only folders that runs may use."
      />
      {props.rows.length === 0 ? (
        <p className="border-b border-line py-2 text-ink-2">
          None yet: an agent cannot run before there is one.
        </p>
      ) : (
        <Table caption="Workspaces">
          <TableHead>
            <Th>Name</Th>
            <Th className="max-sm:hidden">Folder</Th>
            <Th>Department</Th>
          </TableHead>
          <tbody>
            {props.rows.map((row) => (
              <Tr key={row.id}>
                <Td className="break-all font-mono text-mono">
                  {row.slug}
                  <p className="text-ink-3 sm:hidden">{row.rootPath}</p>
                </Td>
                <Td quiet className="break-all font-mono text-mono max-sm:hidden">
                  {row.rootPath}
                </Td>
                <Td>
                  <bdi>{row.department}</bdi>
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
      {props.places.length > 0 ? <Register places={props.places} /> : null}
    </section>
  )
}
