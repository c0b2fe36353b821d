'use client'

import clsx from 'clsx'
import { type KeyboardEvent, useState } from 'react'
import { Segmented } from '@/components/ui/choices'
import type { Analysis } from './analysis'
import type { EditorProps } from './editor-props'
import { FormPane } from './form-pane'
import { Outline } from './outline'
import type { TextState } from './use-text'

/** What the live version granted, for what the form says about a tick. */
function liveFacts(live: EditorProps['live'], { change }: Analysis) {
  if (!live || change.tierBefore === null) return null
  const toolNames = change.rows.filter((row) => row.op === '-').map((row) => row.name)
  return { number: live.number, toolNames, tier: change.tierBefore }
}

/** One history for form and text: what a form did is undone with the same keys. */
function useUndoKeys({ code }: TextState) {
  return (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const key = event.key.toLowerCase()
    if (key !== 'z' && key !== 'y') return
    event.preventDefault()
    if (key === 'y' || event.shiftKey) code.current?.redo()
    else code.current?.undo()
  }
}

/** Beside the text: the front matter as a form, or the sections as an outline. */
export function SidePane(props: {
  editor: EditorProps
  text: TextState
  section: number
  readOnly: boolean
  className: string
  /** On a narrow screen the text is in another view, which has to be shown first. */
  onShowText: () => void
}) {
  const { editor, text, readOnly } = props
  const { analysis, apply, code } = text
  const [pane, setPane] = useState<'form' | 'outline'>('form')
  const onKeyDown = useUndoKeys(text)
  const onReveal = (line: number) => {
    props.onShowText()
    // The text may just have come into sight; a hidden editor does not scroll.
    requestAnimationFrame(() => code.current?.reveal(line))
  }
  const { constitution } = editor.rules
  return (
    <section
      aria-label={pane === 'form' ? 'Form' : 'Sections'}
      onKeyDown={onKeyDown}
      className={clsx('min-h-0 overflow-y-auto px-5 py-4 max-sm:px-4', props.className)}
    >
      <div className="pb-4">
        <Segmented
          fill
          name="side-pane"
          label="Beside the text"
          choices={[
            { value: 'form', label: 'Fields' },
            { value: 'outline', label: 'Sections' },
          ]}
          value={pane}
          onChange={(value) => setPane(value === 'outline' ? 'outline' : 'form')}
        />
      </div>
      {pane === 'form' ? (
        <FormPane
          analysis={analysis}
          live={liveFacts(editor.live, analysis)}
          tools={editor.tools}
          models={editor.models}
          servers={constitution.mcpServers?.map((one) => one.name) ?? null}
          disabled={readOnly}
          apply={apply}
          onReveal={onReveal}
        />
      ) : (
        <Outline
          analysis={analysis}
          current={props.section}
          required={constitution.requiredSections}
          disabled={readOnly}
          apply={apply}
          onReveal={onReveal}
        />
      )}
    </section>
  )
}
