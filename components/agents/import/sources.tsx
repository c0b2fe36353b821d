'use client'

import { FileArchive, Files, FolderOpen } from 'lucide-react'
import { type ReactNode, useRef, useState } from 'react'
import { Button } from '@/components/ui/button'
import { Segmented } from '@/components/ui/choices'
import { Field, Input, Textarea } from '@/components/ui/field'
import { type IntakeItem, pastedItem, readChosen } from './intake'

const SOURCES = [
  { value: 'folder', label: 'Folder' },
  { value: 'files', label: 'Files' },
  { value: 'archive', label: 'ZIP archive' },
  { value: 'paste', label: 'Paste' },
] as const
type Source = (typeof SOURCES)[number]['value']

const CHOOSER: Record<
  Exclude<Source, 'paste'>,
  { words: string; about: string; icon: ReactNode }
> = {
  folder: {
    words: 'Choose a folder',
    about: 'Everything in it is read; what is no agent is named and skipped.',
    icon: <FolderOpen aria-hidden="true" size={14} strokeWidth={1.75} />,
  },
  files: {
    words: 'Choose files',
    about: 'One or many, or drop them here.',
    icon: <Files aria-hidden="true" size={14} strokeWidth={1.75} />,
  },
  archive: {
    words: 'Choose an archive',
    about: 'It is opened in this browser. At most 50 MB unpacked.',
    icon: <FileArchive aria-hidden="true" size={14} strokeWidth={1.75} />,
  },
}

type Add = (items: readonly IntakeItem[]) => void

function Chooser(props: { source: Exclude<Source, 'paste'>; add: Add }) {
  const input = useRef<HTMLInputElement>(null)
  const [reading, setReading] = useState(false)
  const { words, about, icon } = CHOOSER[props.source]
  async function take(files: FileList | null) {
    if (!files || files.length === 0) return
    setReading(true)
    props.add(await readChosen(Array.from(files)))
    setReading(false)
    if (input.current) input.current.value = ''
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a second way; the button is the first
    <div
      className="flex flex-wrap items-center gap-3 rounded-box border border-dashed border-line-2 px-3 py-3"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault()
        void take(event.dataTransfer.files)
      }}
    >
      <input
        ref={input}
        type="file"
        multiple
        className="hidden"
        aria-label={words}
        accept={props.source === 'archive' ? '.zip,application/zip' : undefined}
        {...(props.source === 'folder' ? { webkitdirectory: '' } : {})}
        onChange={(event) => void take(event.target.files)}
      />
      <Button icon={icon} pending={reading} onClick={() => input.current?.click()}>
        {reading ? 'Reading' : words}
      </Button>
      <span className="text-ink-2">{about}</span>
    </div>
  )
}

function Paste(props: { add: Add }) {
  const [name, setName] = useState('')
  const [text, setText] = useState('')
  return (
    <div className="flex flex-col gap-3">
      <Field
        id="paste-name"
        label="File name"
        hint="As it would be called, for example reviewer.md"
      >
        <Input
          id="paste-name"
          mono
          value={name}
          maxLength={200}
          onChange={(event) => setName(event.target.value)}
          className="max-w-[320px]"
        />
      </Field>
      <Field id="paste-text" label="Text">
        <Textarea
          id="paste-text"
          mono
          rows={10}
          value={text}
          spellCheck={false}
          onChange={(event) => setText(event.target.value)}
        />
      </Field>
      <div>
        <Button
          disabled={name.trim() === '' || text === ''}
          onClick={() => {
            props.add([pastedItem(name.trim(), text)])
            setName('')
            setText('')
          }}
        >
          Add this text
        </Button>
      </div>
    </div>
  )
}

/** Where the files come from: a folder, files, an archive, or pasted text. */
export function ImportSources(props: { add: Add }) {
  const [source, setSource] = useState<Source>('folder')
  return (
    <div className="flex flex-col gap-3">
      <Segmented
        name="import-source"
        label="Import from"
        choices={SOURCES}
        value={source}
        onChange={(value) => setSource(value as Source)}
      />
      {source === 'paste' ? (
        <Paste add={props.add} />
      ) : (
        <Chooser key={source} source={source} add={props.add} />
      )}
    </div>
  )
}
