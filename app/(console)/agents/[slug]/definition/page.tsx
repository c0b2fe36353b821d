import type { Metadata } from 'next'
import { DefinitionScreen } from '@/components/agents/definition/definition-screen'
import { readWhich } from '@/components/agents/definition/which'
import { AgentFrame } from '@/components/agents/frame'
import { orNotFound } from '@/components/agents/or-not-found'
import { readerOf } from '@/components/agents/reader'
import { agentDefinition } from '@/lib/agents/queries/definition'
import { agentFacts, draftView } from '@/lib/agents/queries/page'
import { countVersions } from '@/lib/agents/queries/versions'
import { requirePageActor } from '@/lib/auth/current'
import { readDefinition } from '@/lib/definition/read'

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `${(await props.params).slug}, definition` }
}

export default async function DefinitionPage(props: Props) {
  const [{ slug }, search] = await Promise.all([props.params, props.searchParams])
  const actor = await requirePageActor()
  const facts = await orNotFound(agentFacts(actor, slug))
  const { which, query } = readWhich(search)
  const [stored, draft, versionCount] = await Promise.all([
    orNotFound(agentDefinition(actor, slug, which)),
    draftView(facts.id),
    countVersions(facts.id),
  ])
  const live = facts.liveVersionId !== null && stored.digest === facts.digest
  const published = live || which.kind === 'version'
  const isDraft = !live && draft?.digest === stored.digest
  const number = which.kind === 'version' ? which.number : live ? facts.liveNumber : null
  const name = number ? `Version ${number}` : isDraft ? 'Draft' : 'An earlier state'
  return (
    <AgentFrame
      facts={facts}
      draft={draft}
      versionCount={versionCount}
      current="definition"
      reader={readerOf(actor, facts.departmentId)}
    >
      <DefinitionScreen
        slug={slug}
        stored={stored}
        content={readDefinition(stored.bytes, { path: stored.fileName })}
        rule={{ state: published ? 'sealed' : 'draft' }}
        title={live ? `${name}, live` : name}
        view={search.view === 'raw' ? 'raw' : 'rendered'}
        query={query}
      />
    </AgentFrame>
  )
}
