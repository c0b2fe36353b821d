import { Shape } from '@/components/ui/shape'
import { RowLink, Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { Tally } from '@/components/ui/tally'
import type { ImportedFile } from '@/lib/agents/commands/import-file'
import { counted } from '../marks'
import type { IntakeItem } from './intake'

const WAITING = { ready: 'Not imported yet', sending: 'Importing', lost: 'Not answered' } as const

/** "2 errors, 1 warning"; "none" when there is nothing. */
function findingWords(file: ImportedFile): string {
  const words = [
    file.errors > 0 ? counted(file.errors, 'error') : '',
    file.warnings > 0 ? counted(file.warnings, 'warning') : '',
    file.notes > 0 ? counted(file.notes, 'note') : '',
  ].filter(Boolean)
  return words.length > 0 ? words.join(', ') : 'none'
}

function Outcome(props: { item: IntakeItem }) {
  const { item } = props
  if (item.state === 'skipped') {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2">
        <Shape name="equals" ink="grey" /> Skipped
      </span>
    )
  }
  if (item.state === 'refused') {
    return (
      <span className="inline-flex items-center gap-1.5 text-red">
        <Shape name="barred-ring" ink="red" /> Refused
      </span>
    )
  }
  if (item.state !== 'done') {
    const lost = item.state === 'lost'
    return (
      <span
        className={
          lost
            ? 'inline-flex items-center gap-1.5 text-amb'
            : 'inline-flex items-center gap-1.5 text-ink-2'
        }
      >
        <Shape
          name={item.state === 'sending' ? 'arc' : 'dashed-ring'}
          ink={item.state === 'sending' ? 'accent' : lost ? 'amber' : 'grey'}
        />
        {WAITING[item.state]}
      </span>
    )
  }
  const { outcome } = item.result
  if (outcome === 'unchanged') {
    return (
      <span className="inline-flex items-center gap-1.5 text-ink-2">
        <Shape name="equals" ink="grey" /> Unchanged
      </span>
    )
  }
  return (
    <span className="inline-flex items-center gap-1.5">
      <Shape name="check" ink="green" />
      {outcome === 'updated'
        ? 'New draft revision'
        : outcome === 'imported'
          ? 'Imported'
          : 'Imported with findings'}
    </span>
  )
}

/** A path that shows its end: the file's name is what people look for. */
function Path(props: { path: string }) {
  const cut = props.path.lastIndexOf('/') + 1
  return (
    <bdi className="block truncate font-mono text-mono" title={props.path}>
      <span className="text-ink-3">{props.path.slice(0, cut)}</span>
      {props.path.slice(cut)}
    </bdi>
  )
}

function ItemRow(props: { item: IntakeItem }) {
  const { item } = props
  const done = item.state === 'done' ? item.result : null
  const reason = item.state === 'skipped' || item.state === 'refused' ? item.reason : null
  return (
    <Tr>
      <Td className="whitespace-nowrap">
        <Outcome item={item} />
      </Td>
      <Td className="w-[30%] max-w-0 max-sm:w-full max-sm:py-1.5">
        {done ? (
          <span className="block truncate" title={done.slug}>
            <RowLink href={`/agents/${done.slug}`} prefetch={false}>
              {done.slug}
            </RowLink>
          </span>
        ) : null}
        <Path path={item.path} />
        {reason === null ? null : (
          <span
            className={
              item.state === 'refused'
                ? 'text-meta text-red sm:hidden'
                : 'text-meta text-ink-2 sm:hidden'
            }
          >
            {reason}
          </span>
        )}
      </Td>
      <Td className="max-md:hidden">
        {done ? <Tally digest={done.digest} rule={{ state: 'draft' }} /> : null}
      </Td>
      <Td className="max-w-[52ch] py-1.5 max-sm:hidden">
        {reason === null ? (
          done?.fate
        ) : (
          <span className={item.state === 'refused' ? 'text-red' : 'text-ink-2'}>{reason}</span>
        )}
      </Td>
      <Td quiet className="whitespace-nowrap max-lg:hidden">
        {done ? findingWords(done) : null}
      </Td>
    </Tr>
  )
}

/** Every chosen file with what became of it: nothing that was chosen goes missing. */
export function ImportResults(props: { items: readonly IntakeItem[] }) {
  return (
    <Table caption="Chosen files" edge={0}>
      <TableHead>
        <Th>Outcome</Th>
        <Th>Agent and file</Th>
        <Th className="max-md:hidden">Digest</Th>
        <Th className="max-sm:hidden">What the tool that loads it will do</Th>
        <Th className="max-lg:hidden">Findings</Th>
      </TableHead>
      <tbody>
        {props.items.map((item) => (
          <ItemRow key={item.path} item={item} />
        ))}
      </tbody>
    </Table>
  )
}
