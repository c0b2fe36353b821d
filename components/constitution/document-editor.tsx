'use client'

import { useState } from 'react'
import { announce } from '@/components/ui/announce'
import { Button } from '@/components/ui/button'
import { Field, Textarea } from '@/components/ui/field'
import { useAction } from '@/components/ui/use-action'
import { importConstitution, saveConstitutionDraft } from '@/lib/constitution/actions'
import { MAX_DEFINITION_BYTES } from '@/lib/core/limits'
import type { DraftRef } from './use-draft-part'

function base64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 8_192) {
    text += String.fromCharCode(...bytes.subarray(at, at + 8_192))
  }
  return btoa(text)
}

function Problems(props: { failure: { message: string; fields?: Record<string, string> } }) {
  const lines = Object.entries(props.failure.fields ?? {})
  return (
    <div role="alert" className="text-red">
      <p>{props.failure.message}</p>
      {lines.length > 1 ? (
        <ul className="list-disc pl-5">
          {lines.map(([line, message]) => (
            <li key={line}>
              {line}: <bdi>{message}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

/**
 * The whole draft as text. It is saved only when it reads as a constitution; until then the text
 * stays here and the problems stand below it with their lines.
 */
export function DocumentEditor(props: { text: string; draft: DraftRef }) {
  const [base, setBase] = useState({ revision: props.draft.revision, text: props.text })
  const [text, setText] = useState(props.text)
  const { send, pending, failure } = useAction(saveConstitutionDraft)
  // A text area gives back line feeds; a document that has other line ends keeps them.
  const crlf = props.text.includes('\r\n')
  const shown = (one: string) => one.replaceAll('\r\n', '\n')
  const dirty = shown(text) !== shown(base.text)
  if (props.draft.revision > base.revision && !dirty) {
    setBase({ revision: props.draft.revision, text: props.text })
    setText(props.text)
  }
  async function save() {
    const written = crlf ? shown(text).replaceAll('\n', '\r\n') : text
    const bytes = base64(new TextEncoder().encode(written))
    const result = await send({ draftId: props.draft.id, revision: base.revision, bytes })
    if (!result.ok) return
    setBase({ revision: result.value.revision, text })
    announce('Saved in the draft.')
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        void save()
      }}
    >
      <Field id="document" label="Document" source="data between the --- lines, prose below">
        <Textarea
          id="document"
          mono
          rows={32}
          spellCheck={false}
          className="text-editor"
          value={shown(text)}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div className="sticky -bottom-5 flex flex-col gap-2 border-t border-line-2 bg-bg pt-3 pb-5">
        {failure ? <Problems failure={failure} /> : null}
        <div className="flex items-center gap-3">
          <Button type="submit" tone="primary" pending={pending} disabled={!dirty}>
            Save in the draft
          </Button>
          <Button tone="quiet" disabled={!dirty} onClick={() => setText(base.text)}>
            Take back
          </Button>
          <span className="text-ink-3">
            {dirty ? 'Not saved yet.' : 'Saved in the draft. Not in force.'}
          </span>
        </div>
      </div>
    </form>
  )
}

/** Takes a file as the draft. What was recognised and what was taken over is said afterwards. */
export function ImportDocument(props: { draft: DraftRef | null }) {
  const { send, pending, failure, done } = useAction(importConstitution)
  const [tooLarge, setTooLarge] = useState(false)
  async function take(file: File | undefined) {
    setTooLarge(false)
    if (!file) return
    if (file.size > MAX_DEFINITION_BYTES) return setTooLarge(true)
    const bytes = base64(new Uint8Array(await file.arrayBuffer()))
    const draft = props.draft ? { draftId: props.draft.id, revision: props.draft.revision } : null
    const result = await send({ bytes, draft })
    if (result.ok) announce('The file is the draft now.')
  }
  return (
    <div className="flex flex-col gap-2">
      <Field
        id="import-document"
        label={props.draft ? 'Replace the draft by a file' : 'Take a file as the draft'}
        hint="A constitution of another team may be prose alone: its principles are recognised by their titles, its data is taken over from what is in force."
        error={tooLarge ? 'The file is larger than 1 MB.' : undefined}
      >
        <input
          id="import-document"
          type="file"
          accept=".md,.markdown,text/markdown,text/plain"
          disabled={pending}
          className="max-w-full text-ink-2 file:mr-3 file:h-(--control) file:rounded-box file:border file:border-solid file:border-line-2 file:bg-bg file:px-[11px] file:font-medium file:text-ink"
          onChange={(event) => {
            void take(event.target.files?.[0])
            event.target.value = ''
          }}
        />
      </Field>
      {failure ? <Problems failure={failure} /> : null}
      {done && done.value.notes.length > 0 ? (
        <ul className="max-w-[62ch] list-disc pl-5" aria-label="What the import did">
          {done.value.notes.map((note) => (
            <li key={note}>
              <bdi>{note}</bdi>
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}
