import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EditorLoader } from '@/components/agents/editor/editor-loader'
import { orNotFound } from '@/components/agents/or-not-found'
import { draftForEditor } from '@/lib/agents/queries/draft'
import { excusesOf } from '@/lib/agents/queries/excuses'
import { settingOf } from '@/lib/agents/queries/setting'
import { requirePageActor } from '@/lib/auth/current'
import { contextOf } from '@/lib/constitution/model'

type Props = {
  params: Promise<{ slug: string }>
  searchParams: Promise<{ fix?: string | string[] }>
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  return { title: `Edit ${(await props.params).slug}` }
}

export default async function EditPage(props: Props) {
  const [{ slug }, { fix }, list] = await Promise.all([props.params, props.searchParams, headers()])
  const actor = await requirePageActor()
  const { facts, ...editor } = await orNotFound(draftForEditor(actor, slug))
  const [{ rulebook, department }, excuses] = await Promise.all([
    settingOf(null, facts),
    excusesOf(null, facts.id, new Date()),
  ])
  const models = rulebook.content.models.filter((model) => !model.name.includes('*'))
  return (
    <EditorLoader
      {...editor}
      // Another draft is another text: nothing of the one before may stay.
      key={editor.draft?.id ?? 'none'}
      agent={{ id: facts.id, slug: facts.slug, fileName: facts.fileName }}
      readerId={actor.id}
      rules={contextOf(rulebook, department)}
      tools={rulebook.content.tools}
      models={models.map(({ name, title }) => ({ name, title }))}
      excuses={excuses}
      nonce={list.get('x-nonce') ?? ''}
      fix={typeof fix === 'string' ? fix : null}
    />
  )
}
