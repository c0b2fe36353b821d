import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  redo,
  undo,
} from '@codemirror/commands'
import { markdown, markdownLanguage } from '@codemirror/lang-markdown'
import { yamlFrontmatter } from '@codemirror/lang-yaml'
import {
  type Diagnostic,
  lintKeymap,
  nextDiagnostic,
  previousDiagnostic,
  setDiagnostics,
} from '@codemirror/lint'
import { search, searchKeymap } from '@codemirror/search'
import { Compartment, EditorState, type Extension, Text } from '@codemirror/state'
import {
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { type CompletionPort, completions } from './code-completion'
import { invisibleCharacters } from './code-invisible'
import { type Mark, type Note, noteExtensions, showNotes } from './code-notes'
import { codeHighlight, codeTheme } from './code-theme'
import { spliceBetween } from './positions'

export type CodeOptions = {
  parent: HTMLElement
  text: string
  separator: '\n' | '\r\n' | '\r'
  fileName: string
  readOnly: boolean
  nonce: string
  label: string
  completion: CompletionPort
  onChange: (text: string) => void
  /** The cursor is in this line, from 1. */
  onCursor: (line: number) => void
  onBlur: () => void
}

export type CodeMarks = {
  notes: readonly Note[]
  marks: readonly Mark[]
  diagnostics: readonly Diagnostic[]
}

/** The editor as the screen uses it: text in, text out, marks on top. */
export type Code = {
  text: () => string
  /** Changes the text by the one splice that leads to `next`; undo takes it back. */
  replace: (next: string) => void
  setReadOnly: (readOnly: boolean) => void
  show: (marks: CodeMarks) => void
  /** Puts the cursor at the next finding (F8) or the one before (Shift+F8), and opens its sentence. */
  nextFinding: () => void
  previousFinding: () => void
  /** Puts the cursor at the beginning of a line, in sight. */
  reveal: (line: number) => void
  undo: () => void
  redo: () => void
  destroy: () => void
}

const READ_ONLY = (on: boolean): Extension => [
  EditorState.readOnly.of(on),
  EditorView.contentAttributes.of({ 'aria-readonly': String(on) }),
]

// Ctrl and Enter commit on every screen; the editor's own meaning would insert a line instead.
const KEYS = defaultKeymap.filter((binding) => binding.key !== 'Mod-Enter')

const lineOf = (state: EditorState) => state.doc.lineAt(state.selection.main.head).number

function languageOf(fileName: string): Extension {
  if (/\.(?:json|toml)$/i.test(fileName)) return []
  return yamlFrontmatter({ content: markdown({ base: markdownLanguage }) })
}

/** The words of the search panel in the case of the rest of the product. */
const WORDS = {
  next: 'Next',
  previous: 'Previous',
  all: 'All',
  replace: 'Replace',
  'replace all': 'Replace all',
  'match case': 'Match case',
  regexp: 'Pattern',
  'by word': 'Whole word',
}

/** Makes an editor in `parent`. Line breaks stay the file's own; Esc, then Tab leaves it. */
export function createCode(options: CodeOptions): Code {
  const readOnly = new Compartment()
  const { separator } = options
  const view = new EditorView({
    parent: options.parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        EditorState.lineSeparator.of(separator),
        EditorView.cspNonce.of(options.nonce),
        EditorState.phrases.of(WORDS),
        noteExtensions,
        lineNumbers(),
        highlightActiveLineGutter(),
        highlightActiveLine(),
        history(),
        search({ top: true }),
        EditorView.lineWrapping,
        languageOf(options.fileName),
        codeHighlight,
        codeTheme,
        invisibleCharacters,
        completions(options.completion),
        keymap.of([{ key: 'Shift-F8', run: previousDiagnostic }]),
        keymap.of([...searchKeymap, ...historyKeymap, ...lintKeymap, ...KEYS, indentWithTab]),
        readOnly.of(READ_ONLY(options.readOnly)),
        EditorView.contentAttributes.of({ 'aria-label': options.label, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.selectionSet || update.docChanged) options.onCursor(lineOf(update.state))
          if (update.docChanged) options.onChange(update.state.sliceDoc())
          if (update.focusChanged && !update.view.hasFocus) options.onBlur()
        }),
      ],
    }),
  })
  return {
    text: () => view.state.sliceDoc(),
    replace: (next) => replaceText(view, next.replaceAll(separator, '\n')),
    setReadOnly: (on) => view.dispatch({ effects: readOnly.reconfigure(READ_ONLY(on)) }),
    show: ({ notes, marks, diagnostics }) => {
      view.dispatch({ effects: showNotes({ notes, marks }) })
      view.dispatch(setDiagnostics(view.state, diagnostics))
    },
    nextFinding: () => {
      view.focus()
      nextDiagnostic(view)
    },
    previousFinding: () => {
      view.focus()
      previousDiagnostic(view)
    },
    reveal: (line) => reveal(view, line),
    undo: () => void undo(view),
    redo: () => void redo(view),
    destroy: () => view.destroy(),
  }
}

function reveal(view: EditorView, line: number): void {
  const { from } = view.state.doc.line(Math.min(Math.max(1, line), view.state.doc.lines))
  view.dispatch({
    selection: { anchor: from },
    effects: EditorView.scrollIntoView(from, { y: 'center' }),
  })
  view.focus()
}

/** `next` with line feeds; only what differs is touched, so that cursor and scroll stay. */
function replaceText(view: EditorView, next: string): void {
  const { start, end, text } = spliceBetween(view.state.doc.toString(), next)
  if (start === end && text === '') return
  view.dispatch({
    changes: { from: start, to: end, insert: Text.of(text.split('\n')) },
    // Letters typed one after the other into a field are one step back, as in the text.
    userEvent: 'input.type.form',
  })
}
