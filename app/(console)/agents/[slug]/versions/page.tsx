import type { Metadata } from 'next'
import { AgentFrame } from '@/components/agents/frame'
import { orNotFound } from '@/components/agents/or-not-found'
import { readerOf } from '@/components/agents/reader'
import { Comparison } from '@/components/agents/versions/comparison'
import { FieldHistory } from '@/components/agents/versions/field-history'
import { VersionHistory } from '@/components/agents/versions/history'
import { Pane } from '@/components/shell/panes'
import { viewerClock } from '@/components/shell/viewer-clock'
import { compareVersions } from '@/lib/agents/queries/compare'
import { fieldHistory } from '@/lib/agents/queries/field-history'
import { agentFacts, draftView } from '@/lib/agents/queries/page'
import { countVersions, importedRows, versionsTable } from '@/lib/agents/queries/versions'
import { requirePageActor } from '@/lib/auth/current'

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<{ a?: string; b?: string; before?: string; field?: string | string[] }>
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await props.params).slug}, versions` }
}

export default async function VersionsPage(props: Props) {
  const { slug } = await props.params
  const { a, b, before, ...rest } = await props.searchParams
  const actor = await requirePageActor()
  const facts = await orNotFound(agentFacts(actor, slug))
  const below = Number.parseInt(before ?? '', 10) || null
  const field = typeof rest.field === 'string' ? rest.field.slice(0, 200) : null
  const [versions, imported, draft, versionCount, compared, history, clock] = await Promise.all([
    versionsTable(actor, facts.id, below),
    importedRows(actor, facts.id),
    draftView(facts.id),
    countVersions(facts.id),
    a && b ? orNotFound(compareVersions(actor, slug, { a, b })) : null,
    fieldHistory(actor, facts.id, field),
    viewerClock(),
  ])
  const reader = readerOf(actor, facts.departmentId)
  return (
    <AgentFrame {...{ facts, draft, versionCount, reader }} current="versions">
      <Pane label="Versions" className="px-6 py-4 max-sm:px-4">
        {compared ? <Comparison {...compared} /> : null}
        <VersionHistory
          slug={slug}
          live={facts.liveNumber}
          rows={versions.rows}
          draft={below === null ? draft : null}
          imported={versions.next === null ? imported : []}
          compared={{ a: a ?? null, b: b ?? null }}
          clock={clock}
          mayEdit={reader.mayEdit && facts.state !== 'retired'}
          next={versions.next}
        />
        <FieldHistory slug={slug} history={history} field={field} clock={clock} />
      </Pane>
    </AgentFrame>
  )
}
