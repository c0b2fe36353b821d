import { Table, TableHead, Td, Th, Tr } from '@/components/ui/table'
import { type Column, cellText, choiceLabel, type Row } from './columns'

/** A table of rules as it stands. */
export function Rows(props: { caption: string; columns: readonly Column[]; rows: readonly Row[] }) {
  const { columns, rows } = props
  const [first] = columns
  if (rows.length === 0) return <p className="py-2 text-ink-2">Nothing is listed.</p>
  return (
    <div className="overflow-x-auto">
      <Table caption={props.caption} className="max-sm:min-w-[720px]">
        <TableHead>
          {columns.map((column) => (
            <Th key={column.key}>{column.label}</Th>
          ))}
        </TableHead>
        <tbody>
          {rows.map((row) => (
            <Tr key={cellText(row[first?.key ?? ''])}>
              {columns.map((column) => (
                <Td
                  key={column.key}
                  quiet={column.kind !== 'mono'}
                  className={`py-1.5 align-top [overflow-wrap:anywhere] ${column.kind === 'mono' ? 'font-mono text-mono' : ''}`}
                  style={{ width: `${column.width}%` }}
                >
                  <bdi>
                    {column.kind === 'choice'
                      ? choiceLabel(column, row[column.key])
                      : cellText(row[column.key])}
                  </bdi>
                </Td>
              ))}
            </Tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}
