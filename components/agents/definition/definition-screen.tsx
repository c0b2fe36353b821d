import { Download } from 'lucide-react'
import { Views } from '@/components/shell/page-header'
import { Pane } from '@/components/shell/panes'
import { buttonClass } from '@/components/ui/button'
import { Notice } from '@/components/ui/empty'
import { Tally } from '@/components/ui/tally'
import type { TallyRule } from '@/components/ui/tally-geometry'
import { TextLink } from '@/components/ui/text-link'
import type { StoredDefinition } from '@/lib/agents/queries/definition'
import { scanText } from '@/lib/core/text-safety'
import type { DefinitionContent } from '@/lib/definition/model'
import { counted } from '../marks'
import { RawText } from './raw'
import { RenderedDefinition } from './rendered'
import { shapeWords } from './shape-words'

/** One exact definition, to be read: rendered, or raw with everything that is in it. */
export function DefinitionScreen(props: {
  slug: string
  stored: StoredDefinition
  content: DefinitionContent
  rule: TallyRule
  /** "Version 1.1.0, live". */
  title: string
  view: 'rendered' | 'raw'
  /** The query of this definition without the view. */
  query: string
}) {
  const { slug, stored, content, view } = props
  const at = (which: 'rendered' | 'raw') => {
    const params = new URLSearchParams(props.query)
    if (which === 'raw') params.set('view', 'raw')
    const query = params.toString()
    return `/agents/${slug}/definition${query === '' ? '' : `?${query}`}`
  }
  const hidden = scanText(content.text).length
  return (
    <Pane label="Definition">
      {hidden > 0 && view === 'rendered' ? (
        <Notice tone="amber">
          <strong>{counted(hidden, 'invisible character')} in this text.</strong> A model reads
          them, a person does not. <TextLink href={at('raw')}>The raw view</TextLink> shows each
          one.
        </Notice>
      ) : null}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-1 border-b border-line bg-code px-6 py-1.5 max-sm:px-4">
        <span className="font-medium">{props.title}</span>
        <Tally digest={stored.digest} rule={props.rule} />
        <span className="font-mono text-mono [overflow-wrap:anywhere]">{stored.fileName}</span>
        <span className="text-meta text-ink-3">
          {counted(content.size, 'byte')}, {shapeWords(content)}
        </span>
        <span className="ml-auto flex items-center gap-2">
          <Views
            views={[
              { label: 'Rendered', href: at('rendered'), current: view === 'rendered' },
              { label: 'Raw', href: at('raw'), current: view === 'raw' },
            ]}
          />
          <a
            href={`/api/console/agents/${slug}/definition?digest=${stored.digest}`}
            download
            className={buttonClass({ size: 'small' })}
          >
            <Download aria-hidden="true" size={13} strokeWidth={1.75} />
            Export these bytes
          </a>
        </span>
      </div>
      <div className="px-6 py-4 max-sm:px-4">
        {view === 'raw' ? (
          <RawText text={content.text} />
        ) : (
          <RenderedDefinition content={content} />
        )}
      </div>
    </Pane>
  )
}
