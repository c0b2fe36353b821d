import type { InboxRow, InboxView } from '@/lib/inbox/model'

/** Who reads, so that "you" can be said instead of a name. */
export type RowWords = { personId: string; view: InboxView }

/** The second line of a row: what it is about and who asks, in words that differ from row to row. */
export function rowMeta(row: InboxRow, words: RowWords): string {
  const asks = row.askedBy.id === words.personId ? 'you' : row.askedBy.name
  const about =
    row.kind === 'proposal' || row.kind === 'constitution'
      ? [row.from === null ? `first version ${row.to ?? ''}`.trim() : `${row.from} → ${row.to}`]
      : [`${row.agent ?? ''} ${row.to ?? ''}`.trim(), row.run === null ? '' : `run ${row.run}`]
  const waits =
    words.view === 'waiting'
      ? [
          row.said === null
            ? `asked by ${asks}`
            : `you signed · waits for ${row.quorum - row.signed} more`,
        ]
      : [asks]
  return [...about, ...waits].filter((part) => part !== '').join(' · ')
}
