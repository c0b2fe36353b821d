import 'server-only'
import { type FactView, getFact } from '@/lib/audit/queries/fact'
import { countFacts, listFacts } from '@/lib/audit/queries/list'
import { logSummary } from '@/lib/audit/queries/summary'
import { readLogQuery } from '@/lib/audit/rules'
import type { Scope } from '@/lib/auth/permissions'
import { ChanceryError } from '@/lib/core/errors'
import { isId } from '@/lib/core/ids'
import { PAGE_SIZE } from '@/lib/core/limits'
import { namesFor } from './names'

type Search = { q?: string; fact?: string; before?: string; target?: string }
const CURSOR = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z_[0-9a-f-]{36}$/

/** Everything the log page shows for an address: the list, the summary, and the fact that is open. */
export async function readLog(scope: Scope, search: Search) {
  const query = queryOf(search)
  const { filter, problem } = readLogQuery(query)
  const cursor = search.before && CURSOR.test(search.before) ? search.before : undefined
  const [page, count, summary, fact] = await Promise.all([
    listFacts({ filter, page: { limit: PAGE_SIZE * 2, ...(cursor ? { cursor } : {}) } }, scope),
    countFacts(filter, scope),
    logSummary(),
    openFact(search.fact, scope),
  ])
  const names = await namesFor([...page.rows, ...(fact ? [fact.row, ...fact.same] : [])])
  const address = (change: Record<string, string | undefined>) => {
    const kept = { q: query || undefined, before: cursor, fact: fact?.row.id, ...change }
    const pairs = Object.entries(kept).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    )
    return pairs.length === 0 ? '/log' : `/log?${new URLSearchParams(pairs)}`
  }
  return {
    fact,
    names,
    rows: page.rows,
    closeHref: address({ fact: undefined }),
    screen: {
      query,
      problem,
      count: countWords(count),
      next: page.next,
      summary,
      selected: fact?.row.id ?? null,
      hrefOf: (id: string) => address({ fact: id }),
      moreHref: address({ before: page.next ?? undefined, fact: undefined }),
    },
  }
}

/** `?target=` is what other screens link with; it becomes a word of the query. */
function queryOf(search: Search): string {
  const words = [search.q?.slice(0, 500), search.target ? `target:${search.target}` : undefined]
  return words.filter(Boolean).join(' ')
}

async function openFact(id: string | undefined, scope: Scope): Promise<FactView | null> {
  if (id === undefined || !isId(id)) return null
  try {
    return await getFact(id, scope)
  } catch (error) {
    // A link to a fact that this reader may not see shows the list, which says enough.
    if (error instanceof ChanceryError) return null
    throw error
  }
}

function countWords({ count, atLeast }: { count: number; atLeast: boolean }): string {
  const words = count.toLocaleString('en-GB')
  if (atLeast) return `more than ${words} facts`
  return count === 1 ? '1 fact' : `${words} facts`
}
