import { FilterChip } from '@/components/ui/filter-chip'
import { SectionHead } from '@/components/ui/section'
import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import { Time } from '@/components/ui/time'
import type { Clock } from '@/components/ui/time-words'
import type { FieldHistory as History } from '@/lib/agents/queries/field-history'

const SIGN = { '+': 'came', '-': 'went', '~': 'changed' } as const

/** When each power came or went, and who agreed: "when did Bash arrive?" */
export function FieldHistory(props: {
  slug: string
  history: History
  field: string | null
  clock: Clock
}) {
  const { history, field } = props
  const base = `/agents/${props.slug}/versions`
  if (history.names.length === 0) return null
  return (
    <section aria-labelledby="powers" className="pt-8">
      <SectionHead title="What came and went" id="powers" remark="as it was signed" />
      <p className="flex flex-wrap items-center gap-x-3 gap-y-1 py-2">
        {field === null ? (
          history.names.map(({ name, count }) => (
            <TextLink key={name} href={`${base}?field=${encodeURIComponent(name)}#powers`}>
              <span className="font-mono text-mono">{name}</span>
              {count > 1 ? <span className="text-meta text-ink-3"> {count}</span> : null}
            </TextLink>
          ))
        ) : (
          <FilterChip field="capability" value={field} removeHref={`${base}#powers`} />
        )}
      </p>
      <Table caption="Capabilities by version" edge={0}>
        <TableHead>
          <Th>Capability</Th>
          <Th>What</Th>
          <Th>Version</Th>
          <Th className="max-sm:hidden">Date</Th>
          <Th className="max-md:hidden">Author</Th>
          <Th>Agreed by</Th>
        </TableHead>
        <tbody>
          {history.entries.map((entry) => (
            <Tr key={`${entry.number} ${entry.op} ${entry.name}`}>
              <Td className="font-mono text-mono [overflow-wrap:anywhere]">{entry.name}</Td>
              <Td className={entry.direction === 'widens' ? 'text-amb' : 'text-ink-2'}>
                {entry.op === '~' && entry.before !== undefined
                  ? `${entry.before} → ${entry.after ?? 'none'}`
                  : SIGN[entry.op]}
              </Td>
              <Td className="whitespace-nowrap">
                <TextLink href={`/agents/${props.slug}/definition?version=${entry.number}`}>
                  {entry.number}
                </TextLink>
              </Td>
              <Td quiet className="whitespace-nowrap max-sm:hidden">
                <Time at={entry.publishedAt} clock={props.clock} show="day" />
              </Td>
              <Td quiet className="max-md:hidden">
                <bdi>{entry.author}</bdi>
              </Td>
              <Td>
                <TextLink href={`/inbox/${entry.approvalId}`}>
                  {entry.signatures.map((one) => one.name).join(', ')}
                </TextLink>
              </Td>
            </Tr>
          ))}
        </tbody>
      </Table>
      {history.cut ? (
        <p className="pt-2 text-meta text-ink-3">Older entries are not shown.</p>
      ) : null}
    </section>
  )
}
