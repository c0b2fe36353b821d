import { agentFacts } from '@/lib/agents/queries/page'
import { versionsTable } from '@/lib/agents/queries/versions'
import { respond } from '@/lib/command/respond'
import { csvLine } from '@/lib/core/csv'

const HEAD = [
  ...['version', 'digest', 'published_at', 'message', 'author', 'approved_by', 'proposal'],
  ...['errors', 'warnings', 'notes', 'constitution', 'fact'],
]
/** Pages of 25 that one export reads; an agent with more versions says so in its last line. */
const MAX_PAGES = 200

/** The published versions of an agent as CSV (RFC 4180), newest first. */
export const GET = respond<{ slug: string }>(async ({ actor, params }) => {
  const facts = await agentFacts(actor, params.slug)
  const lines = [csvLine(HEAD)]
  let before: number | null = null
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const { rows, next } = await versionsTable(actor, facts.id, before)
    for (const row of rows) {
      const { findings } = row
      lines.push(
        csvLine([
          ...[row.number, row.digest, row.publishedAt, row.message, row.author],
          row.signatures.map((one) => one.name).join('; '),
          `P-${row.proposalNumber}`,
          ...[findings.blocking + findings.errors, findings.warnings, findings.notes].map(String),
          ...[findings.constitution, row.fact],
        ]),
      )
    }
    if (next === null) break
    before = next
  }
  return new Response(lines.join(''), {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${facts.slug}-versions.csv"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
    },
  })
})
