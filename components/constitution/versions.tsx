import { ButtonLink, buttonClass } from '@/components/ui/button'
import { ChangeCount, DiffView } from '@/components/ui/diff-view'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { ConstitutionVersionRow } from '@/lib/constitution/queries'
import type { TextDiff } from '@/lib/definition/model'

type Props = {
  rows: readonly ConstitutionVersionRow[]
  /** The one that ships with the product, below the first of the team's own. */
  shipped: { label: string; hash: string } | null
  compared: { from: string; to: string; diff: TextDiff } | null
  older: string | null
  clock: Clock
}

/** Every constitution that was in force: its bytes, who proposed it and why, and what it changed. */
export function VersionsScreen(props: Props) {
  const { rows, shipped, compared, clock } = props
  return (
    <>
      {compared ? (
        <section className="pb-6">
          <DiffView
            id="text"
            label={`From ${compared.from} to ${compared.to}`}
            diff={compared.diff}
            head={
              <>
                <span>
                  {compared.from} → {compared.to}
                </span>
                <ChangeCount added={compared.diff.added} removed={compared.diff.removed} />
              </>
            }
          />
        </section>
      ) : null}
      <Table caption="Versions of the constitution">
        <TableHead>
          <Th>Version</Th>
          <Th>Bytes</Th>
          <Th>Why</Th>
          <Th className="max-sm:hidden">Proposed by</Th>
          <Th>Since</Th>
          <Th hidden>Actions</Th>
        </TableHead>
        <tbody>
          {rows.map((row) => (
            <VersionRow key={row.ordinal} row={row} clock={clock} />
          ))}
          {shipped ? (
            <Tr>
              <Td className="font-medium">{shipped.label}</Td>
              <Td>
                <Tally digest={shipped.hash} />
              </Td>
              <Td quiet colSpan={3}>
                Ships with the product; approved by nobody here.
              </Td>
              <Td right className="pr-0">
                <Export ordinal={0} />
              </Td>
            </Tr>
          ) : null}
        </tbody>
      </Table>
      {props.older ? (
        <p className="py-3">
          <ButtonLink href={props.older}>Older versions</ButtonLink>
        </p>
      ) : null}
    </>
  )
}

function VersionRow({ row, clock }: { row: ConstitutionVersionRow; clock: Clock }) {
  return (
    <Tr>
      <Td className="w-[90px] font-medium">{row.label}</Td>
      <Td className="w-[130px]">
        <Tally digest={row.hash} rule={{ state: 'sealed' }} />
      </Td>
      <Td quiet className="py-1.5 [overflow-wrap:anywhere]">
        <bdi>{row.message}</bdi>
      </Td>
      <Td className="w-[160px] max-sm:hidden">
        <bdi>{row.author.name}</bdi>
      </Td>
      <Td className="w-[170px] whitespace-nowrap">
        <Time at={row.publishedAt} clock={clock} />{' '}
        <TextLink href={`/log?fact=${row.fact}`}>fact</TextLink>
      </Td>
      <Td right className="w-[260px] pr-0 whitespace-nowrap">
        <TextLink href={`/constitution/versions?compare=${row.ordinal}`}>what changed</TextLink>{' '}
        <TextLink href={`/inbox/${row.approvalId}`} className="mx-2">
          decision
        </TextLink>
        <Export ordinal={row.ordinal} />
      </Td>
    </Tr>
  )
}

function Export({ ordinal }: { ordinal: number }) {
  return (
    <a
      href={`/api/console/constitution/document?version=${ordinal}`}
      download
      className={buttonClass({ tone: 'quiet', size: 'small' })}
    >
      Export
    </a>
  )
}
