import type { Metadata } from 'next'
import { headers } from 'next/headers'
import { EditorLoader } from '@/components/agents/editor/editor-loader'
import { orNotFound } from '@/components/agents/or-not-found'
import { draftForEditor } from '@/lib/agents/queries/draft'
import { requirePageActor } from '@/lib/auth/current'
import { DEFAULT_CONSTITUTION, DEFAULT_CONTEXT } from '@/lib/constitution/default-constitution'

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
  const models = DEFAULT_CONSTITUTION.models.filter((model) => !model.name.includes('*'))
  return (
    <EditorLoader
      {...editor}
      // Another draft is another text: nothing of the one before may stay.
      key={editor.draft?.id ?? 'none'}
      agent={{ id: facts.id, slug: facts.slug, fileName: facts.fileName }}
      readerId={actor.id}
      rules={DEFAULT_CONTEXT}
      tools={DEFAULT_CONSTITUTION.tools}
      models={models.map(({ name, title }) => ({ name, title }))}
      nonce={list.get('x-nonce') ?? ''}
      fix={typeof fix === 'string' ? fix : null}
    />
  )
}
