import { RawText } from '@/components/agents/definition/raw'
import { RenderedDefinition } from '@/components/agents/definition/rendered'
import { SavedViews } from '@/components/ui/tabs'
import type { ConstitutionView } from '@/lib/agents/queries/constitution'
import { parseDefinition } from '@/lib/definition/parse'
import { DocumentEditor, ImportDocument } from './document-editor'
import { isEditable } from './part-table'

/** The whole document: its lines, its prose as it reads, or in the open draft as text to edit. */
export function DocumentScreen(props: {
  view: ConstitutionView
  text: string
  as: 'raw' | 'rendered'
}) {
  const { view, text, as } = props
  const { draft } = view
  const own = draft && isEditable(view) ? { id: draft.id, revision: draft.revision } : null
  const base = `/constitution/document${view.of === 'draft' ? '?draft' : '?'}`
  return (
    <div className="max-w-[1080px]">
      <div className="-ml-2 pb-3">
        <SavedViews
          label="Renderings"
          views={[
            { label: own ? 'Text' : 'Lines', href: base, current: as === 'raw' },
            { label: 'As it reads', href: `${base}&as=rendered`, current: as === 'rendered' },
          ]}
        />
      </div>
      {as === 'rendered' ? <Rendered text={text} /> : null}
      {as === 'raw' && own ? <DocumentEditor text={text} draft={own} /> : null}
      {as === 'raw' && !own ? <RawText text={text} /> : null}
      {own ? (
        <div className="pt-6">
          <ImportDocument draft={own} />
        </div>
      ) : null}
    </div>
  )
}

/** The prose alone: the data has pages of its own. */
function Rendered({ text }: { text: string }) {
  const content = parseDefinition(new TextEncoder().encode(text), { path: 'constitution.md' })
  return <RenderedDefinition content={{ ...content, fields: [] }} />
}
