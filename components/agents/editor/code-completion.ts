import {
  acceptCompletion,
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { type Extension, Prec } from '@codemirror/state'
import { type EditorView, keymap } from '@codemirror/view'
import { type Facts, type Offer, offersAt } from './completion'

/** What the editor offers while one types, and where names of agents are asked for. */
export type CompletionPort = {
  facts: Facts
  /** Agents whose name holds the text. */
  agents: (text: string) => Promise<readonly { name: string; remark: string }[]>
}

function completion({ label, detail, apply }: Offer): Completion {
  if (apply === undefined) return { label, detail }
  return {
    label,
    detail,
    // What is written may go on: a key asks for its value, `Agent(` for names.
    apply: (view: EditorView, _: Completion, from: number, to: number) => {
      view.dispatch({
        changes: { from, to, insert: apply },
        selection: { anchor: from + apply.length },
        userEvent: 'input.complete',
      })
    },
  }
}

async function resultAt(
  context: CompletionContext,
  port: CompletionPort,
): Promise<CompletionResult | null> {
  const { state, pos } = context
  const found = offersAt(state.doc.toString(), pos, port.facts)
  if (found === null) return null
  const typed = state.sliceDoc(found.from, pos)
  // Without a key of one's own wish, only a word that is begun is helped.
  if (typed === '' && !context.explicit && !found.agents) return null
  if (!found.agents) {
    return { from: found.from, options: found.options.map(completion), validFor: /^[\w*.-]*$/ }
  }
  const agents = await port.agents(typed).catch(() => [])
  if (context.aborted || agents.length === 0) return null
  return {
    from: found.from,
    options: agents.map(({ name, remark }) => ({ label: name, detail: remark })),
    filter: false,
  }
}

/** Ctrl+Space asks, arrows choose, Enter or Tab takes, Esc leaves. */
export function completions(port: CompletionPort): Extension {
  return [
    autocompletion({
      override: [(context) => resultAt(context, port)],
      icons: false,
      maxRenderedOptions: 60,
    }),
    Prec.high(keymap.of([{ key: 'Tab', run: acceptCompletion }])),
  ]
}
