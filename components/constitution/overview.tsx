import { ButtonLink } from '@/components/ui/button'
import { Initials } from '@/components/ui/person'
import { SectionHead } from '@/components/ui/section'
import { Shape } from '@/components/ui/shape'
import { Table, Td, Tr } from '@/components/ui/table'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ConstitutionView, FailingAgent } from '@/lib/agents/queries/constitution'
import type { ConstitutionVersionRow } from '@/lib/constitution/queries'
import { ImportDocument } from './document-editor'
import { partHref } from './frame'

export type MustAgree = { quorum: number; people: readonly { id: string; name: string }[] }
type Props = {
  view: ConstitutionView
  versions: readonly ConstitutionVersionRow[]
  failing: { count: number; first: readonly FailingAgent[] }
  agree: MustAgree
  rules: number
  clock: Clock
}

/** The constitution at a glance: what waits for a decision, what fails under it, what changed when. */
export function OverviewScreen(props: Props) {
  return (
    <div className="flex max-w-[960px] flex-col gap-8">
      <DraftSection {...props} />
      <FailingSection failing={props.failing} label={props.view.inForce.label} />
      <VersionsSection {...props} />
      <ContentsSection view={props.view} rules={props.rules} />
    </div>
  )
}

function DraftSection({ view, agree, clock }: Props) {
  const { draft } = view
  return (
    <section>
      <SectionHead
        title={draft ? `Draft of ${draft.label}` : 'No draft'}
        remark={draft ? 'not in force' : undefined}
        aside={draft ? <Tally digest={draft.hash} rule={{ state: 'draft' }} /> : undefined}
      />
      {draft ? (
        <div className="flex flex-col gap-2 py-2">
          <p>
            {draft.changes.length === 0
              ? 'Nothing but its label differs from what is in force.'
              : draft.changes.length === 1
                ? '1 change, '
                : `${draft.changes.length} changes, `}
            {draft.changes.length > 0
              ? `${draft.changes.filter((one) => one.loosens).length} of them loosen something. `
              : ' '}
            <span className="text-ink-2">
              Saved by <bdi>{draft.editedBy.name}</bdi> <Time at={draft.updatedAt} clock={clock} />.
            </span>
          </p>
          <p className="flex flex-wrap gap-2">
            <ButtonLink
              href="/constitution/changes"
              tone={draft.state === 'open' ? 'primary' : 'secondary'}
            >
              {draft.state === 'open' ? 'See the changes and propose' : 'See the changes'}
            </ButtonLink>
            {draft.approvalId ? (
              <ButtonLink href={`/inbox/${draft.approvalId}`}>Open the decision</ButtonLink>
            ) : null}
            {view.whyNotEdit === null && draft.state === 'open' ? (
              <ButtonLink href={partHref('policy', 'draft')}>Edit the draft</ButtonLink>
            ) : null}
          </p>
        </div>
      ) : (
        <p className="max-w-[62ch] py-2 text-ink-2">
          {view.whyNotEdit ??
            'Every page of the constitution can be changed in a draft. Nothing holds for any agent until people have agreed to its exact bytes.'}
        </p>
      )}
      <WhoMustAgree agree={agree} />
      {draft === null && view.whyNotEdit === null ? (
        <div className="pt-4">
          <ImportDocument draft={null} />
        </div>
      ) : null}
    </section>
  )
}

/** How many must agree to a change and who could; too few is said, because then it waits for good. */
export function WhoMustAgree({ agree }: { agree: MustAgree }) {
  const { quorum, people } = agree
  const few = people.length < quorum
  return (
    <div className="pt-2">
      <p className={few ? 'max-w-[72ch] bg-amb-soft px-2 py-1.5' : 'text-ink-2'}>
        {quorum === 1 ? 'One approver' : `${quorum} approvers`} of the whole organisation must agree
        to a change, never who wrote it.
        {few
          ? ` Only ${people.length} could: a proposed change waits until an administrator has made more people approvers everywhere.`
          : ''}
      </p>
      {people.length > 0 ? (
        <ul className="flex flex-wrap gap-x-4 gap-y-1 pt-2" aria-label="Who could agree">
          {people.slice(0, 12).map((one) => (
            <li key={one.id} className="flex items-center gap-1.5">
              <Initials name={one.name} />
              <bdi>{one.name}</bdi>
            </li>
          ))}
          {people.length > 12 ? (
            <li className="text-ink-3">and {people.length - 12} more</li>
          ) : null}
        </ul>
      ) : null}
    </div>
  )
}

function FailingSection({ failing, label }: { failing: Props['failing']; label: string }) {
  return (
    <section>
      <SectionHead
        title="To certify again"
        remark={`published agents that fail under ${label}`}
        aside={
          failing.count > 0 ? (
            <TextLink href="/agents?findings=errors&state=active">All {failing.count}</TextLink>
          ) : undefined
        }
      />
      {failing.count === 0 ? (
        <p className="flex items-center gap-2 py-2 text-ink-2">
          <Shape name="check" ink="green" />
          None. Every published agent passes.
        </p>
      ) : (
        <Table caption="Published agents that fail">
          <thead className="sr-only">
            <tr>
              <th scope="col">Agent</th>
              <th scope="col">Department</th>
              <th scope="col">Errors</th>
            </tr>
          </thead>
          <tbody>
            {failing.first.map((one) => (
              <Tr key={one.slug}>
                <Td className="[overflow-wrap:anywhere]">
                  <TextLink href={`/agents/${one.slug}`}>{one.slug}</TextLink>
                </Td>
                <Td quiet>
                  <bdi>{one.department}</bdi>
                </Td>
                <Td right className="pr-0 text-red">
                  {one.errors === 1 ? '1 error' : `${one.errors} errors`}
                </Td>
              </Tr>
            ))}
          </tbody>
        </Table>
      )}
    </section>
  )
}

function VersionsSection({ view, versions, clock }: Props) {
  return (
    <section>
      <SectionHead
        title="What changed when"
        aside={<TextLink href="/constitution/versions">All versions</TextLink>}
      />
      <Table caption="Newest versions of the constitution">
        <thead className="sr-only">
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Bytes</th>
            <th scope="col">Why</th>
            <th scope="col">Since</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((one) => (
            <Tr key={one.ordinal}>
              <Td className="w-[90px] font-medium">{one.label}</Td>
              <Td className="w-[130px]">
                <Tally digest={one.hash} rule={{ state: 'sealed' }} />
              </Td>
              <Td quiet className="py-1.5 [overflow-wrap:anywhere]">
                <bdi>{one.message}</bdi>
              </Td>
              <Td right className="w-[170px] pr-0 whitespace-nowrap">
                <Time at={one.publishedAt} clock={clock} />
              </Td>
            </Tr>
          ))}
          {versions.length === 0 ? (
            <Tr>
              <Td className="w-[90px] font-medium">{view.inForce.label}</Td>
              <Td className="w-[130px]">
                <Tally digest={view.inForce.hash} />
              </Td>
              <Td quiet colSpan={2} className="py-1.5 pr-0">
                The rulebook that ships with the product. Nobody here has approved one of their own.
              </Td>
            </Tr>
          ) : null}
        </tbody>
      </Table>
    </section>
  )
}

function ContentsSection({ view, rules }: { view: ConstitutionView; rules: number }) {
  const { content } = view
  const servers = content.mcpServers
  const entries = [
    ['principles', 'Principles', content.principles.length],
    ['policy', 'Departments with a policy', content.departments.length],
    ['tools', 'Tools', content.tools.length],
    ['models', 'Models', content.models.length],
    ['servers', 'MCP servers', servers === null ? 'no list kept' : servers.length],
    ['keywords', 'Subjects with keywords', content.domains.length],
    ['sections', 'Required sections', content.requiredSections.length],
    ['rules', 'Rules that check', rules],
  ] as const
  return (
    <section>
      <SectionHead title="What it holds" />
      <ul className="grid grid-cols-2 gap-x-8 pt-1 max-sm:grid-cols-1">
        {entries.map(([key, label, count]) => (
          <li
            key={key}
            className="flex h-9 items-center justify-between border-b border-line max-sm:h-11"
          >
            <TextLink href={partHref(key, view.of)}>{label}</TextLink>
            <span className="text-ink-2">{count}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
