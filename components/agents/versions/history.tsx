import { Badge } from '@/components/ui/badge'
import { Button } from '@/components/ui/button'
import { GroupRow, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Tally } from '@/components/ui/tally'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { DraftView } from '@/lib/agents/queries/page'
import type { ImportedRow, VersionRow } from '@/lib/agents/queries/versions'
import { FindingCells } from '../marks'
import { Restore } from './restore'

type Compared = { a: string; b: string }

type Props = {
  slug: string
  live: string | null
  rows: readonly VersionRow[]
  draft: DraftView | null
  imported: readonly ImportedRow[]
  /** What the address compares; null: the newest two. */
  compared: { a: string | null; b: string | null }
  clock: Clock
  /** Ordinal below which older versions begin. */
  next: number | null
  /** The reader may open a draft, and so restore. */
  mayEdit: boolean
}

/** What the boxes show: the address, else the newest two. */
function pickedOf({ compared, rows, draft }: Props): Compared {
  const newest = rows[0]?.number ?? ''
  return {
    a: compared.a ?? rows[1]?.number ?? newest,
    b: compared.b ?? (draft ? 'draft' : newest),
  }
}

/** Two of our own states at least; a claimed one has no bytes of its own to compare. */
function isComparable(page: Props): boolean {
  return page.rows.length + (page.draft ? 1 : 0) >= 2
}

function Pick(props: { side: 'a' | 'b'; value: string; label: string; compared: Compared }) {
  const { side, value } = props
  return (
    <input
      type="radio"
      name={side}
      value={value}
      defaultChecked={props.compared[side] === value}
      aria-label={`Compare ${side === 'a' ? 'from' : 'to'} ${props.label}`}
      className="dot relative z-1"
    />
  )
}

function Picks(props: { value: string; label: string; page: Props }) {
  const { page, ...pick } = props
  if (!isComparable(page)) return <Td className="w-0 p-0" />
  const compared = pickedOf(page)
  return (
    <Td className="w-0">
      <span className="inline-flex gap-3">
        <Pick side="a" {...pick} compared={compared} />
        <Pick side="b" {...pick} compared={compared} />
      </span>
    </Td>
  )
}

function PublishedRow(props: { row: VersionRow; page: Props }) {
  const { row, page } = props
  const { findings } = row
  return (
    <Tr>
      <Picks value={row.number} label={row.number} page={page} />
      <Td className="whitespace-nowrap">
        <span className="flex items-center gap-2">
          <TextLink
            href={`/agents/${page.slug}/definition?version=${row.number}`}
            className="font-medium"
          >
            {row.number}
          </TextLink>
          {row.number === page.live ? <Badge tone="accent">Live</Badge> : null}
        </span>
      </Td>
      <Td className="max-sm:hidden">
        <Tally
          digest={row.digest}
          rule={{ state: 'sealed', seats: Math.max(1, row.signatures.length) }}
        />
      </Td>
      <Td quiet className="whitespace-nowrap">
        <Time at={row.publishedAt} clock={page.clock} show="day" />
      </Td>
      <Td className="w-full max-w-0 py-1.5 max-md:hidden">
        <span className="line-clamp-2" title={row.message}>
          {row.message}
        </span>
      </Td>
      <Td quiet className="whitespace-nowrap max-lg:hidden">
        {row.author}
      </Td>
      <Td className="min-w-[16ch] py-1.5 max-sm:hidden">
        <TextLink href={`/inbox/${row.approvalId}`}>
          {row.signatures.map((one) => one.name).join(', ')}
        </TextLink>
      </Td>
      <Td className="max-lg:hidden">
        <FindingCells
          errors={findings.errors + findings.blocking}
          warnings={findings.warnings}
          notes={findings.notes}
        />
      </Td>
      {page.mayEdit ? (
        <Td right className="py-1 max-sm:hidden">
          {row.number === page.live ? null : (
            <Restore slug={page.slug} versionId={row.id} number={row.number} />
          )}
        </Td>
      ) : null}
    </Tr>
  )
}

function DraftRow(props: { draft: DraftView; page: Props }) {
  const { draft, page } = props
  const label = `draft, revision ${draft.revision}`
  return (
    <Tr>
      <Picks value="draft" label="the draft" page={page} />
      <Td className="whitespace-nowrap">
        <TextLink href={`/agents/${page.slug}/definition?draft`}>{label}</TextLink>
      </Td>
      <Td className="max-sm:hidden">
        <Tally digest={draft.digest} rule={{ state: 'draft' }} />
      </Td>
      <Td quiet className="whitespace-nowrap">
        <Time at={draft.updatedAt} clock={page.clock} show="day" />
      </Td>
      <Td quiet className="max-md:hidden">
        {draft.state === 'proposed' ? 'proposed, waits for approval' : 'not proposed yet'}
      </Td>
      <Td quiet className="max-lg:hidden">
        {draft.editor}
      </Td>
      <Td className="max-sm:hidden" />
      <Td className="max-lg:hidden" />
      {page.mayEdit ? <Td className="max-sm:hidden" /> : null}
    </Tr>
  )
}

function ClaimedRow(props: { row: ImportedRow; mayEdit: boolean }) {
  const { row } = props
  return (
    <Tr>
      <Td className="w-0" />
      <Td quiet>{row.version || 'no number'}</Td>
      <Td className="max-sm:hidden">
        <Tally digest={row.digest} rule={{ state: 'broken' }} />
      </Td>
      <Td quiet className="whitespace-nowrap">
        <bdi>{row.date}</bdi>
      </Td>
      <Td className="w-full max-w-0 border-l-2 border-l-line-2 py-1.5 pl-3 max-md:hidden">
        <bdi className="line-clamp-2 text-ink-2" title={row.change}>
          {row.change}
        </bdi>
      </Td>
      <Td className="max-lg:hidden" />
      <Td className="py-1.5 max-sm:hidden">
        <bdi className="line-clamp-2 text-ink-2" title={row.approvedBy}>
          {row.approvedBy === '' ? 'names nobody' : `“${row.approvedBy}”`}
        </bdi>
      </Td>
      <Td className="max-lg:hidden" />
      {props.mayEdit ? <Td className="max-sm:hidden" /> : null}
    </Tr>
  )
}

/**
 * Published versions newest first, the draft above them, and below what imported files claim about
 * their own past. The boxes pick two of them to compare; the address keeps the choice.
 */
export function VersionHistory(props: Props) {
  const { rows, draft, imported } = props
  const comparable = isComparable(props)
  return (
    <form action={`/agents/${props.slug}/versions`}>
      <Table caption="Versions" edge={0}>
        <TableHead>
          <Th hidden={!comparable}>From, to</Th>
          <Th>Version</Th>
          <Th className="max-sm:hidden">Digest</Th>
          <Th>Date</Th>
          <Th className="max-md:hidden">Message</Th>
          <Th className="max-lg:hidden">Author</Th>
          <Th className="max-sm:hidden">Approved by</Th>
          <Th className="max-lg:hidden">Findings then</Th>
          <Th right hidden={!props.mayEdit} className="max-sm:hidden">
            <span className="sr-only">Restore</span>
          </Th>
        </TableHead>
        <tbody>
          {draft ? <DraftRow draft={draft} page={props} /> : null}
          {rows.map((row) => (
            <PublishedRow key={row.id} row={row} page={props} />
          ))}
          {imported.length > 0 ? (
            <GroupRow columns={props.mayEdit ? 9 : 8} aside="shown, never counted">
              <span className="pl-3">
                Imported, not verified: what the file says of its own past
              </span>
            </GroupRow>
          ) : null}
          {imported.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a claimed row has no identity of its own
            <ClaimedRow key={index} row={row} mayEdit={props.mayEdit} />
          ))}
        </tbody>
      </Table>
      <div className="flex items-center gap-3 pt-3">
        {comparable ? <Button type="submit">Compare these two</Button> : null}
        {props.next === null ? null : (
          <TextLink href={`/agents/${props.slug}/versions?before=${props.next}`}>
            Older versions
          </TextLink>
        )}
        {rows.length > 0 ? (
          <a
            className="ml-auto text-acc hover:underline"
            href={`/api/console/agents/${props.slug}/versions`}
            download
          >
            CSV
          </a>
        ) : null}
      </div>
    </form>
  )
}
