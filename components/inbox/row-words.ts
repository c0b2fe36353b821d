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

/** What people did with it: from whom it came, for whom it is, who is on it. The nearest thing only. */
export function rowRemark(row: InboxRow, words: RowWords): string | null {
  const { handed, claim, standsInFor } = row
  const me = words.personId
  if (row.state !== 'open') return null
  if (claim) return claim.id === me ? 'you are on it' : `${claim.name} is on it`
  if (handed) return handed.to.id === me ? `from ${handed.from.name}` : `with ${handed.to.name}`
  const [absent] = standsInFor
  return words.view === 'needs' && absent ? `for ${absent.name}, away` : null
}
