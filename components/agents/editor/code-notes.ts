import { type Extension, RangeSet, StateEffect, StateField } from '@codemirror/state'
import { Decoration, EditorView, GutterMarker, gutter, WidgetType } from '@codemirror/view'
import type { FindingSeverity } from '@/lib/constitution/model'
import { ruleLink } from './rule-href'

export type NoteAction = { label: string; run: () => void }
/** A row under a line: what the change costs, or what must be repaired there. */
export type Note = {
  /** The line it stands under, from 1. */
  line: number
  tone: 'widening' | 'error' | 'offer'
  title: string
  text: string
  /** The rule that is broken, linked to its page. */
  rule?: string
  actions: readonly NoteAction[]
}
/** A shape in the gutter. */
export type Mark = {
  line: number
  severity: FindingSeverity
  words: string
  /** Covered by a waiver: the shape stays, its colour goes. */
  waived: boolean
}

const setNotes = StateEffect.define<readonly Note[]>()
const setMarks = StateEffect.define<readonly Mark[]>()

const SVG = 'http://www.w3.org/2000/svg'
const CHEVRONS = 'M3 5.6 6 2.6l3 3M3 9.6l3-3 3 3'
const SHAPES: Record<FindingSeverity, { path: string; filled: boolean; ink: string }> = {
  blocking: {
    path: 'M3.6 .8h4.8l2.8 2.8v4.8l-2.8 2.8H3.6L.8 8.4V3.6z',
    filled: true,
    ink: 'text-red',
  },
  error: { path: 'M1 1h10v10H1z', filled: true, ink: 'text-red' },
  warning: { path: 'M6 1 11 6 6 11 1 6z', filled: false, ink: 'text-amb' },
  note: {
    path: 'M6 1.2a4.8 4.8 0 1 1 0 9.6 4.8 4.8 0 0 1 0-9.6z',
    filled: false,
    ink: 'text-ink-3',
  },
}

function shape(path: string, filled: boolean): SVGSVGElement {
  const svg = document.createElementNS(SVG, 'svg')
  for (const [name, value] of Object.entries({ width: '12', height: '12', viewBox: '0 0 12 12' })) {
    svg.setAttribute(name, value)
  }
  svg.setAttribute('aria-hidden', 'true')
  const drawn = document.createElementNS(SVG, 'path')
  drawn.setAttribute('d', path)
  drawn.setAttribute('fill', filled ? 'currentColor' : 'none')
  if (!filled) {
    drawn.setAttribute('stroke', 'currentColor')
    drawn.setAttribute('stroke-width', '1.6')
  }
  svg.append(drawn)
  return svg
}

function element(tag: string, className: string, text = ''): HTMLElement {
  const made = document.createElement(tag)
  made.className = className
  made.textContent = text
  return made
}

const RULE =
  'ml-1 whitespace-nowrap rounded-tag font-mono text-mono text-acc underline underline-offset-2'
const BUTTON =
  'min-h-6 max-w-full rounded-box border border-line-2 bg-bg px-2 text-left font-medium text-ink hover:bg-hover max-sm:min-h-11'

class NoteWidget extends WidgetType {
  constructor(readonly note: Note) {
    super()
  }
  override eq(other: NoteWidget): boolean {
    const said = ({ tone, title, text, rule, actions }: Note) =>
      JSON.stringify([tone, title, text, rule, actions.map((action) => action.label)])
    return said(this.note) === said(other.note)
  }
  override toDOM(): HTMLElement {
    const { tone, title, text, rule, actions } = this.note
    const widening = tone === 'widening'
    const boxed = widening ? 'border-amb-edge bg-amb-soft' : 'border-dashed border-ctl bg-code'
    const box = element(
      'div',
      `flex flex-wrap items-start gap-x-3 gap-y-1 font-sans text-body ${
        tone === 'error' ? 'py-0.5' : `rounded-box border px-3 py-1.5 ${boxed}`
      }`,
    )
    if (widening) {
      const sign = element('span', 'pt-1 text-amb')
      sign.append(shape(CHEVRONS, false))
      box.append(sign)
    }
    const words = element('div', 'min-w-0 flex-1')
    words.append(element('strong', 'font-semibold', title))
    if (text !== '')
      words.append(
        element(
          tone === 'error' ? 'span' : 'div',
          tone === 'error' ? 'pl-2 text-ink-2' : 'text-meta text-ink-2',
          text,
        ),
      )
    if (rule !== undefined) words.append(' ', ruleLink(rule, RULE))
    box.append(words)
    for (const action of actions) {
      const button = element('button', BUTTON, action.label) as HTMLButtonElement
      button.type = 'button'
      button.addEventListener('click', () => action.run())
      box.append(button)
    }
    // Padding, not margin: the editor measures this element to place the line numbers.
    const row = element('div', 'py-1 pr-5 pl-1.5')
    row.append(box)
    return row
  }
  override ignoreEvent(): boolean {
    return true
  }
}

class ShapeMarker extends GutterMarker {
  constructor(readonly mark: Mark) {
    super()
  }
  override eq(other: ShapeMarker): boolean {
    const { severity, words, waived } = this.mark
    return (
      severity === other.mark.severity && words === other.mark.words && waived === other.mark.waived
    )
  }
  override toDOM(): HTMLElement {
    const { path, filled, ink } = SHAPES[this.mark.severity]
    const made = element('span', `block ${this.mark.waived ? 'text-ink-3' : ink}`)
    made.title = this.mark.words
    made.append(shape(path, filled && !this.mark.waived))
    return made
  }
}

const notes = StateField.define({
  create: () => Decoration.none,
  update: (known, transaction) => {
    let next = known.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setNotes)) continue
      const { doc } = transaction.state
      next = Decoration.set(
        effect.value
          .filter((note) => note.line <= doc.lines)
          .map((note) =>
            Decoration.widget({ widget: new NoteWidget(note), block: true, side: 1 }).range(
              doc.line(note.line).to,
            ),
          ),
        true,
      )
    }
    return next
  },
  provide: (field) => EditorView.decorations.from(field),
})

const marks = StateField.define<RangeSet<GutterMarker>>({
  create: () => RangeSet.empty,
  update: (known, transaction) => {
    let next = known.map(transaction.changes)
    for (const effect of transaction.effects) {
      if (!effect.is(setMarks)) continue
      const { doc } = transaction.state
      next = RangeSet.of(
        effect.value
          .filter((mark) => mark.line <= doc.lines)
          .map((mark) => new ShapeMarker(mark).range(doc.line(mark.line).from)),
        true,
      )
    }
    return next
  },
})

/** The gutter with shapes and the rows under lines; `showNotes` fills them. */
export const noteExtensions: Extension = [
  notes,
  marks,
  gutter({ class: 'cm-findings', markers: (view) => view.state.field(marks) }),
]

/** Replaces all rows and shapes. One shape per line, the worst first in `marks`. */
export function showNotes(shown: { notes: readonly Note[]; marks: readonly Mark[] }) {
  const seen = new Set<number>()
  const first = shown.marks.filter((mark) => !seen.has(mark.line) && seen.add(mark.line))
  return [setNotes.of(shown.notes), setMarks.of(first)]
}
