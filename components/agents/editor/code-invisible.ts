import { RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  type EditorView,
  ViewPlugin,
  WidgetType,
} from '@codemirror/view'
import { codePointLabel, scanText } from '@/lib/core/text-safety'

class Box extends WidgetType {
  constructor(
    readonly label: string,
    readonly name: string,
  ) {
    super()
  }
  override eq(other: Box): boolean {
    return this.label === other.label && this.name === other.name
  }
  override toDOM(): HTMLElement {
    const box = document.createElement('span')
    box.className =
      'mx-px rounded-tag border border-amb-mark bg-amb-soft px-0.5 text-[11px]/[14px] text-amb'
    box.textContent = this.label
    box.title = this.name
    return box
  }
}

function boxesIn(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    for (const hidden of scanText(view.state.doc.sliceString(from, to))) {
      const start = from + hidden.offset
      const widget = new Box(codePointLabel(hidden.codePoint), hidden.name)
      builder.add(start, start + hidden.length, Decoration.replace({ widget }))
    }
  }
  return builder.finish()
}

/** Characters without a glyph as named boxes, while editing too. */
export const invisibleCharacters = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = boxesIn(view)
    }
    update(update: { docChanged: boolean; viewportChanged: boolean; view: EditorView }) {
      if (update.docChanged || update.viewportChanged) this.decorations = boxesIn(update.view)
    }
  },
  { decorations: (plugin) => plugin.decorations },
)
