import type { ReactNode } from 'react'
import { DemoRemoval } from '@/components/setup/demo-removal'
import { PageHeader } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import type { Theme } from '@/components/shell/theme'
import { Facts } from '@/components/ui/facts'
import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { DepartmentRow, Enforced, Installation } from '@/lib/people/queries/installation'
import type { OwnSession, OwnWaysIn } from '@/lib/people/queries/own'
import { DepartmentForm } from './department-form'
import { OwnPassword } from './own-password'
import { OwnSessions } from './own-sessions'
import { Preferences } from './preferences'
import { ProviderButton } from './provider-button'

export type SettingsProps = {
  me: { email: string; ways: OwnWaysIn; sessions: readonly OwnSession[] }
  theme: Theme
  installation: Installation | null
  departments: readonly DepartmentRow[]
  mayCreateDepartment: boolean
  mayRemoveDemo: boolean
  provider: { name: string; issuer: string } | null
  /** Null: the reader may not see how the installation is protected. */
  protections: readonly Enforced[] | null
  /** Sections of other areas, each with its own heading. */
  children?: ReactNode
  clock: Clock
}

function Part(props: { id: string; title: string; remark?: string; children: ReactNode }) {
  return (
    <section aria-labelledby={props.id} className="pt-8 first:pt-0">
      <SectionHead title={props.title} id={props.id} remark={props.remark} />
      {props.children}
    </section>
  )
}

function WaysIn(props: Pick<SettingsProps, 'me' | 'provider' | 'clock'>) {
  const { me, provider } = props
  const linked = provider !== null && me.ways.issuers.includes(provider.issuer)
  return (
    <Part id="ways-in" title="How you sign in">
      {provider === null ? null : (
        <div className="flex flex-wrap items-center gap-3 border-b border-line py-2.5">
          <p className="min-w-0 flex-1 basis-64">
            {provider.name}
            <span className="block text-ink-2">
              {linked
                ? 'Linked to your account.'
                : 'Not linked. Signing in there does not open your account yet.'}
            </span>
          </p>
          {linked ? null : (
            <ProviderButton
              provider={provider.name}
              purpose="link"
              next="/settings#ways-in"
              words={`Link ${provider.name}`}
            />
          )}
        </div>
      )}
      {me.ways.password ? (
        <OwnPassword email={me.email} />
      ) : (
        <p className="pt-2.5 text-ink-2">You have no password here.</p>
      )}
    </Part>
  )
}

function Departments(props: { rows: readonly DepartmentRow[]; mayCreate: boolean }) {
  return (
    <Part id="departments" title="Departments">
      <Table caption="Departments">
        <TableHead>
          <Th>Name</Th>
          <Th className="max-sm:hidden">Slug</Th>
          <Th right>People with a role in it</Th>
        </TableHead>
        <tbody>
          {props.rows.map((department) => (
            <Tr key={department.id}>
              <Td className="break-words">
                <bdi>{department.name}</bdi>
              </Td>
              <Td quiet className="break-all font-mono text-mono max-sm:hidden">
                {department.slug}
              </Td>
              <Td right>{department.people}</Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {props.mayCreate ? <DepartmentForm /> : null}
    </Part>
  )
}

function Protections(props: { rows: readonly Enforced[] }) {
  const failing = props.rows.filter((row) => !row.holds).length
  return (
    <Part
      id="protections"
      title="What the database enforces"
      remark={failing === 0 ? 'Asked of the server itself' : `${failing} do not hold`}
    >
      <ul>
        {props.rows.map((row) => (
          <li key={row.id} className="flex gap-2.5 border-b border-line py-2">
            <Shape
              name={row.holds ? 'check' : 'cross'}
              ink={row.holds ? 'green' : 'red'}
              className="mt-1"
            />
            <p className={row.holds ? 'max-w-[72ch]' : 'max-w-[72ch] text-red'}>
              <span className="sr-only">{row.holds ? 'Holds: ' : 'Does not hold: '}</span>
              {row.explanation}
            </p>
          </li>
        ))}
      </ul>
    </Part>
  )
}

/** The reader's own settings first, then those of the installation. */
export function SettingsScreen(props: SettingsProps) {
  const { installation, clock, provider } = props
  return (
    <>
      <PageHeader crumbs={[{ label: 'Settings' }]} heading />
      <Pane label="Settings" className="px-6 pt-5 pb-12 max-sm:px-4">
        <div className="max-w-[860px]">
          <OwnSessions sessions={props.me.sessions} clock={clock} />
          <WaysIn me={props.me} provider={provider} clock={clock} />
          <Part id="browser" title="This browser">
            <Preferences theme={props.theme} />
          </Part>
          {installation ? (
            <Part id="installation" title="Installation">
              <Facts
                className="pt-2"
                labelWidth={120}
                facts={[
                  { label: 'Organisation', value: <bdi>{installation.organisation}</bdi> },
                  { label: 'Since', value: <Time at={installation.createdAt} clock={clock} /> },
                  {
                    label: 'Sign-on',
                    value: provider ? `${provider.name}, ${provider.issuer}` : 'Passwords only',
                  },
                ]}
              />
            </Part>
          ) : null}
          {installation?.demo && props.mayRemoveDemo ? (
            <Part id="demo" title="Demonstration">
              <p className="max-w-[62ch] pt-2 pb-3 text-ink-2">
                Nothing here is real. Removing it removes its log as well, and setup begins anew.
              </p>
              <DemoRemoval />
            </Part>
          ) : null}
          <Departments rows={props.departments} mayCreate={props.mayCreateDepartment} />
          {props.children}
          {props.protections ? <Protections rows={props.protections} /> : null}
        </div>
      </Pane>
    </>
  )
}
